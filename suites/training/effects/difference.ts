import { differenceOf, numberText } from '../../../harness/check/compare.js';
import { namesOf } from '../../../harness/check/variable-names.js';
import type { Subject } from '../../../harness/engine/subject.js';
import type { Batch } from '../../../harness/verdict/batch.js';
import type { Missing } from './missing.js';

/** Whether some output differs from that of inference by more than rounding. */
export async function differsFromInference(subject: Subject, batches: readonly Batch[]): Promise<boolean> {
  for (const batch of batches) if ((await difference(subject, batch)) !== undefined) return true;
  return false;
}

/** What training changes although the spec says that it changes nothing. */
export async function unpromised(subject: Subject, batches: readonly Batch[]): Promise<Missing | undefined> {
  for (const batch of batches) {
    const found = await difference(subject, batch);
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

async function difference(subject: Subject, batch: Batch) {
  const inference = await subject.call(batch, { training: false });
  const training = await subject.call(batch, { training: true });
  return differenceOf(inference.values, training.values, (await subject.noise()).tolerance);
}
