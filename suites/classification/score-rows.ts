import { rowsOf } from '../../harness/check/compare.js';
import { imagesArgumentOf } from '../../harness/check/images-argument.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import type { Contract } from '../../harness/contract/contract.js';
import { outputIndex } from '../../harness/engine/output-index.js';
import { resolvedCall } from '../../harness/engine/resolution.js';
import type { Subject } from '../../harness/engine/subject.js';
import { FlowTooLarge } from '../../harness/graph/flow/flow.js';
import { type ScoreBounds, scoreBounds } from '../../harness/graph/scores/score-bounds.js';
import type { ConcreteFunction } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';

/** The rows that one concrete function gave, and a batch that it takes. */
export type FunctionScores = {
  readonly concreteFunction: ConcreteFunction;
  readonly batch: Batch;
  readonly rows: readonly Float32Array[];
};

/** `lost`: why the rows of some batches are not among them. */
type Scores = { readonly scores: readonly FunctionScores[]; readonly lost?: { readonly error: unknown } };

/** The rows of all batches, by the concrete function that gave them. */
export async function scoresOf(subject: Subject, batches: readonly Batch[]): Promise<Scores> {
  const found = new Map<ConcreteFunction, FunctionScores>();
  try {
    for (const batch of batches) {
      const rows = rowsOf(await numericRows(subject, { batch }));
      const concreteFunction = subject.concreteFunctionFor(batch);
      const known = found.get(concreteFunction) ?? { concreteFunction, batch, rows: [] };
      found.set(concreteFunction, { ...known, rows: [...known.rows, ...rows] });
    }
    return { scores: [...found.values()] };
  } catch (error) {
    return { scores: [...found.values()], lost: { error } };
  }
}

/** What the graph says of their bounds. */
export async function boundsOf(
  { model, endpoint }: Subject,
  contract: Contract,
  { batch }: FunctionScores,
): Promise<ScoreBounds> {
  const { concreteFunction, tensors } = resolvedCall(endpoint, contract, batch, {});
  const taken = imagesArgumentOf(concreteFunction);
  const images = {
    at: tensors.findIndex(({ kind }) => kind === 'images'),
    shape: taken?.kind === 'tensor' ? taken.shape : null,
  };
  try {
    return await scoreBounds(
      model,
      concreteFunction,
      images,
      outputIndex(concreteFunction, contract.endpoint),
    );
  } catch (error) {
    if (error instanceof FlowTooLarge) return { squashed: [], free: true, opaque: error.message };
    throw error;
  }
}
