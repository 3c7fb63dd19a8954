import { imagesArgumentOf } from '../../harness/check/images-argument.js';
import { trainingModes } from '../../harness/check/training-argument.js';
import type { Contract, SizeRange } from '../../harness/contract/contract.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { resolveCall } from '../../harness/savedmodel/call/resolve.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { ConcreteFunction, Endpoint, SavedModel, Shape } from '../../harness/savedmodel/saved-model.js';
import { shapeText } from '../../harness/savedmodel/shape.js';

/**
 * In a Keras model and in `fit`, batch and sizes are unknown while the call is traced: TensorFlow then takes the first
 * concrete function that may fit, for all images to come.
 */
export function tracedForOthers(model: SavedModel, contract: Contract): string | undefined {
  const endpoint = namedEndpoint(model, contract);
  if (endpoint?.kind !== 'polymorphic') return undefined;
  for (const shape of symbolicShapes(contract)) {
    for (const args of trainingModes(contract)) {
      const found = picked(endpoint, shape, args);
      if (found && !takesAll(found, shape) && takers(endpoint, shape).length > 0)
        return warning(shape, found);
    }
  }
  return undefined;
}

function warning(shape: Shape, picked: Shape): string {
  return `Where Keras traces a call for images of ${shapeText(shape)}, it picks the first function that may fit, which is for ${shapeText(picked)} alone, whatever images come later. Trace the most general images first.`;
}

/** Any number of images: of the sizes that are fixed, and of unknown ones where there are several. */
function symbolicShapes({ imageSize: { height, width } }: Contract): Shape[] {
  const side = ({ min, max }: SizeRange) => (min === max ? min : null);
  return [
    [null, side(height), side(width), 3],
    [null, height.max, width.max, 3],
  ];
}

/** Shape of the images of the function that the call picks. */
function picked(endpoint: Endpoint, shape: Shape, args: Arguments): Shape | undefined {
  const call = resolveCall(endpoint, { dtype: 'float32', shape }, args);
  return call.kind === 'found' ? imagesOf(call.concreteFunction) : undefined;
}

function takers({ concreteFunctions }: Endpoint, shape: Shape): readonly ConcreteFunction[] {
  return concreteFunctions.filter((one) => {
    const taken = imagesOf(one);
    return taken !== undefined && takesAll(taken, shape);
  });
}

function imagesOf(concreteFunction: ConcreteFunction): Shape | undefined {
  const images = imagesArgumentOf(concreteFunction);
  return images?.kind === 'tensor' ? images.shape : undefined;
}

/** Nothing fixed that may be otherwise. */
function takesAll(taken: Shape, shape: Shape): boolean {
  return taken === null || taken.every((size, axis) => size === null || size === shape?.[axis]);
}
