import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import { trainableAmong } from '../../harness/check/trainable-among.js';
import { unlessNotAccepted } from '../../harness/check/unless-not-accepted.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, ModelCalls, ModelFacts, ModelState } from '../../harness/engine/subject.js';
import { assignedIn } from '../../harness/graph/assigned.js';
import type { ConcreteFunction } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { faultIn } from './well-formed.js';

/** Settings, at most: each takes a long sequence. */
const maxSettings = 4;

/** Those of one concrete function, at most: the two ends of a range. */
const maxOfFunction = 2;

type Callable = ModelFacts & ModelCalls & ModelState;

/** A setting, what its training call runs, and how early it is tried. */
type Candidate = {
  readonly setting: Arguments;
  readonly concreteFunction: ConcreteFunction;
  readonly place: number;
};

/**
 * Settings of hyperparameters with which training calls write to state, and not by the same call as without: first those
 * that write to more of it, then all hyperparameters together, then others. A setting with which a single call already
 * breaks a promise is left to other checks.
 */
export async function settingsThatWrite(
  subject: Callable,
  contract: Contract,
  batch: Batch,
): Promise<Arguments[]> {
  const candidates: Candidate[] = [];
  for (const setting of settingsPassed(contract.hyperparameters)) {
    const found = await unlessNotAccepted(async () => candidateOf(subject, batch, setting));
    if (found && (await unlessNotAccepted(() => isSoundAlone(subject, contract, batch, setting))))
      candidates.push(found);
  }
  const used = new Map<ConcreteFunction, number>();
  return candidates
    .sort((one, other) => one.place - other.place)
    .filter(({ concreteFunction }) => {
      const count = (used.get(concreteFunction) ?? 0) + 1;
      used.set(concreteFunction, count);
      return count <= maxOfFunction;
    })
    .slice(0, maxSettings)
    .map(({ setting }) => setting);
}

function candidateOf(subject: Callable, batch: Batch, setting: Arguments): Candidate | undefined {
  const args = { training: true, ...setting };
  if (subject.sameCall(batch, { training: true }, args)) return undefined;
  const concreteFunction = subject.concreteFunctionFor(batch, args);
  const written = assignedIn(subject.model, concreteFunction);
  if (written.size === 0) return undefined;
  const usual = assignedIn(subject.model, subject.concreteFunctionFor(batch, { training: true }));
  const writesMore = [...written].some((nodeId) => !usual.has(nodeId));
  return { setting, concreteFunction, place: writesMore ? 0 : 1 / Object.keys(setting).length };
}

/** Whether one call in training and one at inference are as promised. */
async function isSoundAlone(
  subject: Callable,
  contract: Contract,
  batch: Batch,
  setting: Arguments,
): Promise<boolean> {
  for (const training of [true, false]) {
    const call = { batch, args: { training, ...setting } };
    if (faultIn(await subject.call(call.batch, call.args), call, contract)) return false;
    const changed = await subject.changedBy(call.batch, call.args);
    if (trainableAmong(changed, subject.model).length > 0) return false;
  }
  return true;
}
