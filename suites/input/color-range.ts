import { always, type Check } from '../../harness/check/check.js';
import type { ColorRange } from '../../harness/contract/contract.js';

export const colorRange: Check = {
  id: 'input/color-range',
  level: 'must',
  demands: 'The model MUST take RGB values in [0, 1].',
  explain: {
    matters:
      '`tf.image.convert_image_dtype` gives values in [0, 1]. A model that expects other values still runs on these, and quietly gives worse answers.',
    decided:
      'The `color_range` of the spec must be [0, 1]. The files of a model do not show whether that is true; `classification/examples` does.',
    fix: 'Start the call with the rescaling that training used, such as `images * 2.0 - 1.0` or a Keras `Rescaling` layer, save again, and remove `color_range` from the spec.',
  },
  promisedBy: ['color_range'],
  applies: always,
  kind: 'reading',
  read: (_model, contract) => {
    const declared = rangeText(contract.colorRange);
    if (declared === '[0, 1]') return { status: 'pass', summary: 'the spec declares [0, 1]' };
    const remedy =
      'Move the rescaling into the model before saving it, and remove color_range from the spec.';
    return {
      status: 'fail',
      finding: { where: 'color_range of the spec', expected: '[0, 1]', actual: declared, remedy },
    };
  },
};

function rangeText(range: ColorRange): string {
  if (range.kind === 'range') return `[${range.min}, ${range.max}]`;
  return `[0, 1] standardized with mean [${range.mean.join(', ')}] and deviation [${range.std.join(', ')}]`;
}
