import { always, type Check } from '../../harness/check/check.js';
import { LeftOut } from '../../harness/check/violation.js';
import { CallFailed } from '../../harness/engine/process/failures.js';
import type { ModelCalls } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const everySize: Check = {
  id: 'input/every-size',
  level: 'must',
  demands: 'The call MUST run at every height and width that the spec allows.',
  explain: {
    matters:
      'Users resize images to whatever the documentation allows. A size that does not run is an error in their program, often only for some of their images.',
    decided:
      'The model is called at the smallest and largest heights and widths, at odd, prime and lopsided sizes, then at random ones. A call that TensorFlow in Python would refuse counts as refused. A failure that another number of images avoids is left to `input/any-batch-size`.',
    fix: 'Trace with `None` for height and width, compute sizes from `tf.shape(images)`, and pad or resize inside the call where the layers need it. Or declare only what runs: `image_size` in the spec takes `min`, `max` and `step`.',
  },
  promisedBy: ['image_size'],
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'violation',
  holds: async (subject, batch) => {
    try {
      await subject.call(batch);
    } catch (error) {
      if (error instanceof CallFailed && (await anyCountRuns(subject, batch))) {
        throw new LeftOut('The size runs with another number of images; see input/any-batch-size.');
      }
      throw error;
    }
  },
  held: () => 'every size ran',
};

/** Whether the same size runs with another number of images, so that the failure is about the number. */
async function anyCountRuns(subject: ModelCalls, batch: Batch): Promise<boolean> {
  for (const count of [1, 2, 3, 8].filter((other) => other !== batch.count)) {
    try {
      await subject.call({ ...batch, count });
      return true;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
    }
  }
  return false;
}
