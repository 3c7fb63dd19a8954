import { always, type Check } from '../../harness/check/check.js';
import { promisedCalls } from '../../harness/check/promised-calls.js';
import type { ColorRange, Contract } from '../../harness/contract/contract.js';
import { type PixelRange, pixelRangeOf } from '../../harness/graph/pixel-range.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';

export const colorRange: Check = {
  id: 'input/color-range',
  level: 'must',
  demands: 'The model MUST take RGB values in [0, 1].',
  explain: {
    matters:
      '`tf.image.convert_image_dtype` gives values in [0, 1]. A model that expects other values still runs on these, and quietly gives worse answers.',
    decided:
      'The `color_range` of the spec must be [0, 1]. The files of a model do not show for sure whether that is true; `classification/examples` does. If every use of the images starts with a division by 255 or 127.5, or by subtracting a mean of bytes such as 127.5, as in a model that expects [0, 255], that is a warning.',
    fix: 'If the model divides by 255 or 127.5 itself, remove that or multiply by 255 first: `images * 255.0`, in Keras a `Rescaling(255.0)` in front. If it expects values that are prepared outside of it, start the call with that preparation, such as `images * 2.0 - 1.0`. Save again, and remove `color_range` from the spec.',
  },
  promisedBy: ['color_range'],
  applies: always,
  kind: 'reading',
  read: (model, contract) => {
    const declared = rangeText(contract.colorRange);
    const read = readOffFiles(model, contract);
    const summary = 'the spec declares [0, 1]';
    if (declared === '[0, 1]') return { status: 'pass', summary, warnings: read ? [doubtOf(read)] : [] };
    const remedy = read ? multiplyFirst : moveInside;
    return {
      status: 'fail',
      finding: { where: 'color_range of the spec', expected: '[0, 1]', actual: declared, remedy },
    };
  },
};

/** The range that the files show to be another; undefined where they do not tell, or the images are no floats. */
function readOffFiles(model: SavedModel, contract: Contract): PixelRange | undefined {
  const ranges = promisedCalls(model, contract).map(({ concreteFunction }) => {
    const [images] = model.functions.get(concreteFunction.functionName)?.inputs ?? [];
    return images?.dtype === 'float32' ? pixelRangeOf(model, concreteFunction) : undefined;
  });
  const [first] = ranges;
  return first?.range === '[0, 255]' && ranges.every((one) => one?.range === first.range) ? first : undefined;
}

/** A model may have been trained so: a few do divide twice. */
function doubtOf({ because, range }: PixelRange): string {
  return `But ${because}, as one does that expects ${range}. If it was trained on ${range}, multiply by 255 first: \`images = 255.0 * images\`, in Keras \`Rescaling(255.0)\` in front. \`examples\` in the spec show which is true.`;
}

const multiplyFirst =
  'Remove the division from the model, or multiply by 255 before it: `images = 255.0 * images`, in Keras `Rescaling(255.0)` in front. Then save again, and remove color_range from the spec.';

const moveInside =
  'Start the call with the rescaling that is now done outside of the model, save it again, and remove color_range from the spec.';

function rangeText(range: ColorRange): string {
  if (range.kind === 'range') return `[${range.min}, ${range.max}]`;
  return `[0, 1] standardized with mean [${range.mean.join(', ')}] and deviation [${range.std.join(', ')}]`;
}
