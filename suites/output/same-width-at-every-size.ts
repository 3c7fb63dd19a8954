import type { Check } from '../../harness/check/check.js';
import { requireRows } from '../../harness/check/numeric-rows.js';
import { Violation } from '../../harness/check/violation.js';
import { sizeCorners } from '../../harness/images/corners.js';
import { cornersOfEverySize } from '../../harness/images/short-ranges.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const sameWidthAtEverySize: Check = {
  id: 'output/same-width-at-every-size',
  level: 'must',
  demands: 'The number of features or classes MUST be the same at every height and width.',
  explain: {
    matters:
      'A classifier on top of the features is built for one number of features. If that number depends on the image size, it fails as soon as someone resizes differently.',
    decided:
      'The number of columns for one image at the smallest size is compared with the number for each batch.',
    calls: 'None of its own: one for each case, which it shares with `input/every-size`.',
    fix: 'Pool before the last layer, with `tf.reduce_mean(maps, [1, 2])` or `GlobalAveragePooling2D`, instead of a `Flatten` or a reshape. Or declare a fixed size in the spec.',
  },
  promisedBy: ['num_classes', 'num_features'],
  applies: ({ imageSize: { height, width } }) =>
    height.min < height.max || width.min < width.max || 'The spec allows one size only.',
  kind: 'property',
  corners: cornersOfEverySize,
  space: spaceOf,
  holds: async (subject, batch, contract) => {
    const [first] = sizeCorners(contract).sizes;
    if (!first) return;
    const smallest: Batch = { ...first, count: 1, pattern: 'noise', seed: 1 };
    const reference = await subject.call(smallest);
    const output = await subject.call(batch);
    requireRows(subject, { batch: smallest }, reference);
    requireRows(subject, { batch }, output);
    const [promised, actual] = [reference.shape.at(-1), output.shape.at(-1)];
    if (promised === actual) return;
    const where = `columns at ${batch.height}×${batch.width}`;
    throw new Violation({
      where,
      expected: `${promised}, as at ${first.height}×${first.width}`,
      actual: `${actual}`,
    });
  },
  held: () => 'the same number of columns at every size',
};
