import { agreementOf } from '../../../harness/check/agreement.js';
import { numberText } from '../../../harness/check/compare.js';
import { callMayDraw, drawsUntilSteady } from '../../../harness/check/may-draw.js';
import { Rounding } from '../../../harness/check/rounding.js';
import { namesOf } from '../../../harness/check/variable-names.js';
import type { Contract } from '../../../harness/contract/contract.js';
import type { Subject, Tensor } from '../../../harness/engine/subject.js';
import type { Batch } from '../../../harness/verdict/batch.js';
import type { Missing } from './missing.js';

/** Whether some output differs from that of inference by more than rounding. */
export async function differsFromInference(
  subject: Subject,
  contract: Contract,
  batches: readonly Batch[],
): Promise<boolean> {
  for (const batch of batches) if ((await difference(subject, contract, batch)) !== undefined) return true;
  return false;
}

/** What training changes although the spec says that it changes nothing. */
export async function unpromised(
  subject: Subject,
  contract: Contract,
  batches: readonly Batch[],
): Promise<Missing | undefined> {
  for (const batch of batches) {
    const found = await difference(subject, contract, batch);
    const expected = 'the output of training=False, since `training_effects` is empty';
    if (found) return { where: 'output', expected, actual: `a difference of ${numberText(found.by)}` };
    const changed = await subject.changedBy(batch, { training: true });
    if (changed.length > 0)
      return {
        where: 'variables',
        expected: 'no change, since `training_effects` is empty',
        actual: `changed: ${namesOf(subject.model, changed)}`,
      };
  }
  return undefined;
}

/** Of some training call, as a random effect may not show in one. */
async function difference(subject: Subject, contract: Contract, batch: Batch) {
  const call = { batch, args: { training: true } };
  const found = await differenceOf(subject, contract, batch, await subject.call(batch, call.args));
  if (found || !callMayDraw(subject, call)) return found;
  for (const output of await subject.inARow(Array.from({ length: drawsUntilSteady }, () => call))) {
    const later = await differenceOf(subject, contract, batch, output);
    if (later) return later;
  }
  return undefined;
}

/** Beyond the rounding of inference, since copies of an image may be another matter in training. */
async function differenceOf(subject: Subject, contract: Contract, batch: Batch, trained: Tensor) {
  const args = { training: false };
  const rounding = new Rounding(subject, { batch, args });
  const outputs = [await subject.call(batch, args), trained] as const;
  const { disagreement } = await agreementOf(outputs, contract, (row) =>
    rounding.atHand({ batch, row }, [batch.count]),
  );
  return disagreement;
}
