import type { Excuses } from '../../harness/check/check.js';
import { rowsOf } from '../../harness/check/compare.js';
import { imagesArgumentOf } from '../../harness/check/images-argument.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Contract } from '../../harness/contract/contract.js';
import { outputIndex } from '../../harness/engine/output-index.js';
import { resolvedCall } from '../../harness/engine/resolution.js';
import type { Call, Subject } from '../../harness/engine/subject.js';
import { FlowTooLarge } from '../../harness/graph/flow/flow.js';
import { type ScoreBounds, scoreBounds } from '../../harness/graph/scores/score-bounds.js';
import type { ConcreteFunction } from '../../harness/savedmodel/saved-model.js';

/** The rows that one concrete function gave with the same arguments, and the last of these calls. */
export type FunctionScores = {
  readonly concreteFunction: ConcreteFunction;
  readonly call: Call;
  readonly rows: readonly Float32Array[];
};

/** `lost`: why the rows of some calls are not among them. */
type Scores = { readonly scores: readonly FunctionScores[]; readonly lost?: { readonly error: unknown } };

/** The rows of all calls, by the concrete function that gave them and the arguments. */
export async function scoresOf(subject: Subject, calls: readonly Call[], excuses: Excuses): Promise<Scores> {
  const found = new Map<string, FunctionScores>();
  try {
    const parts = unlessExcused(calls, excuses, (call) => numericRows(subject, call));
    for await (const { item: call, result } of parts) {
      const rows = rowsOf(result);
      const concreteFunction = subject.concreteFunctionFor(call.batch, call.args);
      const key = JSON.stringify([concreteFunction.functionName, call.args]);
      const known = found.get(key)?.rows ?? [];
      found.set(key, { concreteFunction, call, rows: [...known, ...rows] });
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
  { call: { batch, args = {} } }: FunctionScores,
): Promise<ScoreBounds> {
  const { concreteFunction, tensors } = resolvedCall(endpoint, contract, batch, args);
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
