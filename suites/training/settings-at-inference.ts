import { callMayDraw } from '../../harness/check/may-draw.js';
import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import { unlessNotAccepted } from '../../harness/check/unless-not-accepted.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, ModelCalls, ModelFacts, ModelState } from '../../harness/engine/subject.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { requireSteadyWith } from './steady.js';
import { faultIn } from './well-formed.js';

/** Settings, at most: calls with each follow every sequence. */
const maxSettings = 4;

/**
 * Settings of hyperparameters that change what a call at inference runs, and whose output is as promised and steady as long
 * as nothing was trained: what training leaves in a variable may be read with these alone.
 */
export async function settingsAtInference(
  subject: ModelFacts & ModelCalls & ModelState,
  contract: Contract,
  batch: Batch,
): Promise<Arguments[]> {
  const found: Arguments[] = [];
  for (const setting of settingsPassed(
    contract.hyperparameters.filter(({ affects }) => affects !== 'training'),
  )) {
    const isSound = async () => {
      if (subject.sameCall(batch, {}, setting)) return false;
      const call = { batch, args: setting };
      if (faultIn(await subject.call(batch, setting), call, contract)) return false;
      if (!callMayDraw(subject, call)) await requireSteadyWith(subject, contract, setting);
      return true;
    };
    if (await unlessNotAccepted(isSound)) found.push(setting);
    if (found.length === maxSettings) break;
  }
  return found;
}
