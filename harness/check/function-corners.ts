import type { BatchSpace } from '../images/space.js';
import { allowsBatch } from '../images/space.js';
import type { ConcreteFunction, Endpoint } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { distinct } from '../verdict/distinct.js';
import { imagesArgumentOf } from './images-argument.js';

/** Shapes of images, at most, of which each gets several batches. */
const fewShapes = 4;

/** Numbers of images for a concrete function that fixes none. */
const counts = { few: [1, 14], many: [2] };

/**
 * Batches for the concrete functions that fix the batch, the height or the width: whatever a signature fixes may run a
 * function of its own, so it is a corner of every property, within what the spec allows.
 */
export function functionCorners(endpoint: Endpoint | undefined, space: BatchSpace): Batch[] {
  const shapes = distinct((endpoint?.concreteFunctions ?? []).flatMap((one) => fixedShape(one) ?? []));
  const usual = shapes.length > fewShapes ? counts.many : counts.few;
  const batches = shapes.flatMap(({ count, height, width }) =>
    (count === null ? usual : [count]).map((number): Batch => {
      const size = { height: height ?? space.height.min, width: width ?? space.width.min };
      return { ...size, count: number, pattern: 'mixed', seed: 3 };
    }),
  );
  return distinct(batches.filter((batch) => allowsBatch(space, batch)));
}

type FixedShape = { readonly [Side in 'count' | 'height' | 'width']: number | null };

/** What a concrete function fixes of its images; undefined when it fixes nothing. */
function fixedShape(concreteFunction: ConcreteFunction): FixedShape | undefined {
  const images = imagesArgumentOf(concreteFunction);
  if (images?.kind !== 'tensor' || images.shape === null || images.shape.length !== 4) return undefined;
  const [count = null, height = null, width = null] = images.shape;
  return count === null && height === null && width === null ? undefined : { count, height, width };
}
