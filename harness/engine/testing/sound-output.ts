import { streamOf, uniform } from '../../images/hash.js';
import type { Images } from '../../images/picture.js';
import { pixelsOf } from '../../images/pixels.js';
import type { Variable } from '../../savedmodel/saved-model.js';
import type { Tensor } from '../subject.js';

/** Variables that were perturbed from their restored values, by path, and by how many steps. */
export type Steps = ReadonlyMap<string, number>;

export function stepsByPath(perturbation: ReadonlyMap<Variable, number>): Steps {
  return new Map([...perturbation].map(([{ path }, count]) => [path, count]));
}

/**
 * The output of a sound model: float32 [count, outputSize], each row an affine function of its own image's pixels and of
 * the variables. The pixels are those that TensorFlow would get; of an image file, they are made up from its name.
 */
export function soundOutput(images: Images, outputSize: number, steps: Steps): Tensor {
  const rows = featuresOf(images).map((features) => rowOf(features, outputSize, steps));
  return { dtype: 'float32', shape: [images.count, outputSize], values: Float32Array.from(rows.flat()) };
}

function rowOf(features: readonly number[], outputSize: number, steps: Steps): number[] {
  return Array.from({ length: outputSize }, (_, column) => {
    const products = features.map((feature, at) => weight(column, at) * feature);
    const shifts = [...steps].map(([path, count]) => count * weight(column, textHash(path)));
    return [...products, ...shifts, weight(column, -1)].reduce((sum, value) => sum + value, 0);
  });
}

/** In [-1, 1), the same in every run. */
function weight(column: number, of: number): number {
  return 2 * uniform(streamOf(1, column), of) - 1;
}

/** For each image: the mean of each channel, plain and weighted from top left to bottom right. */
function featuresOf(images: Images): number[][] {
  if ('file' in images) return [[0, 1, 2, 3, 4, 5].map((at) => uniform(textHash(images.file), at))];
  const pixels = pixelsOf(images);
  const length = images.height * images.width * 3;
  return Array.from({ length: images.count }, (_, row) =>
    meansOf(pixels.subarray(row * length, (row + 1) * length)),
  );
}

function meansOf(image: Float32Array): number[] {
  const sums = [0, 0, 0, 0, 0, 0];
  for (const [at, value] of image.entries()) {
    sums[at % 3] = (sums[at % 3] ?? 0) + value;
    sums[3 + (at % 3)] = (sums[3 + (at % 3)] ?? 0) + (value * at) / image.length;
  }
  return sums.map((sum) => (3 * sum) / image.length);
}

function textHash(text: string): number {
  return [...text].reduce((hash, letter) => (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);
}
