import { rowsOf } from '../../harness/check/compare.js';
import { unlessCallFails } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import { streamOf, uniform } from '../../harness/images/hash.js';
import type { Variable } from '../../harness/savedmodel/saved-model.js';
import type { FunctionScores } from './score-rows.js';

/** Steps of a quarter of a weight's size, to either side: twice and twenty times that size. */
const distances = [8, -8, 80, -80];

/** How often each weight is perturbed up to the farthest of these distances, another one for each. */
const timesApart = 8;

/** Rows that a model gives once all weights that it trains, or any if it trains none, are perturbed far at random. */
export async function rowsWithPerturbedWeights(
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
  for (const steps of perturbationsOf(weights)) rows.push(...(await rowsPerturbedBy(subject, call, steps)));
  return rows;
}

type Steps = ReadonlyMap<Variable, number>;

/** All weights by the same distance, then each by its own. */
function perturbationsOf(weights: readonly Variable[]): readonly Steps[] {
  const together = distances.map((steps) => new Map(weights.map((variable) => [variable, steps])));
  const apart = Array.from({ length: timesApart }, (_, time) => {
    const stream = streamOf(time, 0);
    return new Map(weights.map((variable, at) => [variable, 80 * (2 * uniform(stream, at) - 1)]));
  });
  return [...together, ...apart];
}

async function rowsPerturbedBy(
  subject: Subject,
  call: FunctionScores['call'],
  steps: Steps,
): Promise<readonly Float32Array[]> {
  try {
    for await (const output of subject.again(call, steps)) return rowsOf(output);
  } catch (error) {
    unlessCallFails(error);
  }
  return [];
}
