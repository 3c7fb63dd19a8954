import { rowsOf } from '../../harness/check/compare.js';
import type { Subject } from '../../harness/engine/subject.js';
import type { Variable } from '../../harness/savedmodel/saved-model.js';
import type { FunctionScores } from './score-rows.js';

/** Steps of a quarter of a weight's size, to either side: twice and twenty times that size. */
const distances = [8, -8, 80, -80];

/** Rows that a model gives once all weights that it trains, or any if it trains none, are moved far at random. */
export async function rowsWithMovedWeights(
  subject: Subject,
  { concreteFunction, call }: FunctionScores,
): Promise<readonly Float32Array[]> {
  const used = subject.model.variables.filter(
    ({ nodeId, dtype }) => concreteFunction.captures.includes(nodeId) && /float/.test(dtype),
  );
  const trained = used.filter(({ trainable }) => trainable);
  const weights = trained.length > 0 ? trained : used;
  if (weights.length === 0) return [];
  const rows: Float32Array[] = [];
  for (const steps of distances) rows.push(...(await movedBy(subject, { weights, steps, call })));
  return rows;
}

async function movedBy(
  subject: Subject,
  { weights, steps, call }: { weights: readonly Variable[]; steps: number } & Pick<FunctionScores, 'call'>,
): Promise<readonly Float32Array[]> {
  const perturbation = new Map(weights.map((variable) => [variable, steps]));
  for await (const output of subject.again(call, perturbation)) return rowsOf(output);
  return [];
}
