import { expect, test } from 'vitest';
import type { ImageSize } from '../contract/contract.js';
import { exampleSize } from './example-size.js';

const stepped: ImageSize = {
  height: { min: 32, max: 70, step: 8 },
  width: { min: 16, max: 64, step: 1 },
  outside: 'unspecified',
};
const fixed: ImageSize = {
  height: { min: 224, max: 224, step: 1 },
  width: { min: 224, max: 224, step: 1 },
  outside: 'refused',
};

test.each<[string, [number, number], ImageSize, [number, number]]>([
  ['its own, where that is allowed', [40, 63], stepped, [40, 63]],
  ['the nearest height that is a step', [43, 63], stepped, [40, 63]],
  ['the smaller of two that are as near', [44, 63], stepped, [40, 63]],
  ['the next step above', [45, 63], stepped, [48, 63]],
  ['the smallest, for a smaller one', [3, 3], stepped, [32, 16]],
  ['the largest step, for a larger one', [4000, 3000], stepped, [64, 64]],
  ['the only one', [480, 640], fixed, [224, 224]],
  ['the recommended one, where it is not allowed', [43, 63], { ...stepped, recommended: [56, 32] }, [56, 32]],
  ['its own, whatever is recommended', [40, 63], { ...stepped, recommended: [56, 32] }, [40, 63]],
])('an image is given at %s', (_, [height, width], imageSize, given) => {
  expect(exampleSize({ height, width }, imageSize)).toEqual({ height: given[0], width: given[1] });
});
