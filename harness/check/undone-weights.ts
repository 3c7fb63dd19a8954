import { unlessCallFails } from '../engine/process/failures.js';
import type { Call, ModelFacts, ModelState } from '../engine/subject.js';
import { assignedIn } from '../graph/assigned.js';
import type { Variable } from '../savedmodel/saved-model.js';
import { trainableAmong } from './trainable-among.js';

/** Steps of perturbations: one as an optimizer takes some of, and one beyond most limits that weights are kept in. */
const steps = [1, 100];

type Perturbable = ModelFacts & Pick<ModelState, 'changedFrom'>;

/**
 * Trainable variables that a call assigns to and that do not keep perturbed values, as the stored ones may be kept: by
 * a limit that they do not reach, or because they equal what is assigned. A call without such assignments is not made.
 * @throws CallRefused
 */
export async function undoneBy(subject: Perturbable, call: Call): Promise<readonly Variable[]> {
  const weights = trainableAmong(assignedBy(subject, call), subject.model);
  return changedAmong(subject, call, { watched: weights, perturbed: weights });
}

/**
 * Variables that are not trained and that a call assigns other values to once the weights have others, as a copy of
 * weights does. A call without such assignments is not made.
 * @throws CallRefused
 */
export async function derivedBy(subject: Perturbable, call: Call): Promise<readonly Variable[]> {
  const { model } = subject;
  const weights = trainableAmong(model.variables, model);
  const watched = assignedBy(subject, call).filter((variable) => !weights.includes(variable));
  return changedAmong(subject, call, { watched, perturbed: weights });
}

function assignedBy(subject: Perturbable, { batch, args }: Call): readonly Variable[] {
  const assigned = assignedIn(subject.model, subject.concreteFunctionFor(batch, args));
  return subject.model.variables.filter(({ nodeId }) => assigned.has(nodeId));
}

type Among = { readonly watched: readonly Variable[]; readonly perturbed: readonly Variable[] };

async function changedAmong(
  subject: Perturbable,
  call: Call,
  { watched, perturbed }: Among,
): Promise<readonly Variable[]> {
  if (watched.length === 0) return [];
  for (const step of steps) {
    const perturbation = new Map(perturbed.map((variable) => [variable, step]));
    const changed = await subject.changedFrom(perturbation, call, watched).catch(unlessCallFails);
    if (changed !== undefined && changed.length > 0) return changed;
  }
  return [];
}
