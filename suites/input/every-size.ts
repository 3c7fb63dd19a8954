import { always, type Check } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import { sizeCorners } from '../../harness/images/corners.js';
import { cornersOfEverySize } from '../../harness/images/short-ranges.js';
import { spaceOf } from '../../harness/images/space.js';

export const everySize: Check = {
  id: 'input/every-size',
  level: 'must',
  demands: 'The call MUST run at every height and width that the spec allows, whatever the images show.',
  explain: {
    matters:
      'Users resize images to whatever the documentation allows. A size that does not run is an error in their program, often only for some of their images.',
    decided:
      'The model is called at the smallest and largest heights and widths, at odd, prime and lopsided sizes, at each height and width of a range of at most 64, then at random ones. A call that TensorFlow in Python would refuse counts as refused. A failure that another number of images avoids is left to `input/any-batch-size`. One that other images of that size and number avoid is reported as a fault of what the images show.',
    calls:
      'One for each case: up to about 35 corners, 64 sizes of short ranges, and 100 random ones (`runs` in the spec). Other checks that need one inference call of the same batch share it.',
    fix: 'Trace with `None` for height and width, compute sizes from `tf.shape(images)`, and pad or resize inside the call where the layers need it. Or declare only what runs: `image_size` in the spec takes `min`, `max` and `step`. Where only some images fail, accept every value from 0 to 1, both included.',
  },
  promisedBy: ['image_size'],
  answersFor: ['contents-failed', 'size-failed'],
  applies: always,
  kind: 'property',
  corners: cornersOfEverySize,
  space: spaceOf,
  holds: async (subject, batch) => {
    await subject.call(batch);
  },
  held: (contract) => ['every size ran', ...beyondLimits(contract)].join('; '),
};

function beyondLimits(contract: Contract): string[] {
  const { leftOut } = sizeCorners(contract);
  if (leftOut.length === 0) return [];
  const named = leftOut.map(({ height, width }) => `${height}×${width}`).join(', ');
  return [`not tried, being beyond limits.pixels_per_call: ${named}`];
}
