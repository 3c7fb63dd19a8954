import type { Check } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { imagesArgumentOf, takesStrings, tensorSpecText } from '../../harness/check/images-argument.js';
import type { Contract } from '../../harness/contract/contract.js';
import { sizeCorners } from '../../harness/images/corners.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { ConcreteFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { compatibleShapes } from '../../harness/savedmodel/shape.js';

/** Batch sizes that the concrete functions must take; the last stands for "any". */
const batchSizes = [1, 2, 3, 8, 4099];

export const imagesArgument: Check = {
  id: 'signature/images-argument',
  level: 'must',
  demands:
    'The first argument MUST accept a float32 tensor [batch, height, width, 3] of any batch size and of every height and width of the spec.',
  explain: {
    matters:
      'Users pass decoded images as float32, in batches of any size. A function that was traced for anything else refuses them: `could not find matching concrete function`.',
    decided:
      'For the smallest, largest and some other sizes of the spec, each with 1, 2, 3, 8 and 4099 images, some saved concrete function must take a float32 tensor [batch, height, width, 3].',
    fix: 'Trace with `tf.TensorSpec([None, None, None, 3], tf.float32)`; replace a `None` by a number only where the spec fixes the height or width. Convert to other dtypes, ranges or channel orders inside the call.',
  },
  promisedBy: ['image_size'],
  answersFor: ['images-refused'],
  applies: hasEndpoint,
  kind: 'reading',
  read: (model, contract) => {
    const concreteFunctions = concreteFunctionsOf(model, contract);
    const refused = shapesOf(contract).find(
      (shape) => !concreteFunctions.some((concreteFunction) => takes(concreteFunction, shape)),
    );
    const specs = [
      ...new Set(
        concreteFunctions.map((concreteFunction) => tensorSpecText(imagesArgumentOf(concreteFunction))),
      ),
    ];
    if (!refused) return { status: 'pass', summary: `takes ${specs.join(' and ')}` };
    const expected = `a float32 tensor that takes [${refused.join(', ')}]`;
    const encoded = takesStrings({ concreteFunctions }) ? ': encoded image strings, not pixels' : '';
    const actual = `${specs.join(' or ') || 'no argument'}${encoded}`;
    return { status: 'fail', finding: { where: 'first argument', expected, actual, remedy } };
  },
};

const remedy = 'Trace the call with tf.TensorSpec([None, height or None, width or None, 3], tf.float32).';

function concreteFunctionsOf(model: SavedModel, contract: Contract): readonly ConcreteFunction[] {
  return namedEndpoint(model, contract)?.concreteFunctions ?? [];
}

/** Shapes that some concrete function must take: the size corners at several batch sizes. */
function shapesOf(contract: Contract): number[][] {
  const { sizes, leftOut } = sizeCorners(contract);
  return [...sizes, ...leftOut].flatMap(({ height, width }) =>
    batchSizes.map((batch) => [batch, height, width, 3]),
  );
}

function takes(concreteFunction: ConcreteFunction, shape: readonly number[]): boolean {
  const images = imagesArgumentOf(concreteFunction);
  return images?.kind === 'tensor' && images.dtype === 'float32' && compatibleShapes(images.shape, shape);
}
