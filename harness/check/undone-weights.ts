import type { Contract } from '../contract/contract.js';
import { unlessCallFails } from '../engine/process/failures.js';
import type { Call, ModelFacts, ModelState } from '../engine/subject.js';
import { assignedIn } from '../graph/assigned.js';
import { smallestSize } from '../images/corners.js';
import { isOfSize } from '../images/size.js';
import type { Variable } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { trainableAmong } from './trainable-among.js';

/** Steps of perturbations: one as an optimizer takes some of, and one beyond most limits that weights are kept in. */
const steps = [1, 100];

/**
 * Trainable variables that a call assigns to and that do not keep perturbed values, as the stored ones may be kept: by
 * a limit that they do not reach, or because they equal what is assigned. A call without such assignments is not made.
 * @throws CallRefused
 */
export async function undoneBy(
  subject: ModelFacts & Pick<ModelState, 'changedFrom'>,
  call: Call,
): Promise<readonly Variable[]> {
  const assigned = assignedIn(subject.model, subject.concreteFunctionFor(call.batch, call.args));
  const weights = trainableAmong(subject.model.variables, subject.model).filter(({ nodeId }) =>
    assigned.has(nodeId),
  );
  if (weights.length === 0) return [];
  for (const step of steps) {
    const perturbation = new Map(weights.map((variable) => [variable, step]));
    const undone = await subject.changedFrom(perturbation, call).catch(unlessCallFails);
    if (undone !== undefined && undone.length > 0) return undone;
  }
  return [];
}

/** A few images of noise, of the smallest size: there, weights are perturbed. */
export function isSmallest(batch: Batch, contract: Contract): boolean {
  return batch.count <= 2 && batch.pattern === 'noise' && isOfSize(batch, smallestSize(contract));
}
