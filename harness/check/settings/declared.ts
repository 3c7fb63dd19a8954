import type { Contract, Hyperparameter } from '../../contract/contract.js';
import type { Arguments } from '../../engine/subject.js';
import { sizeCorners, smallestSize } from '../../images/corners.js';
import { streamOf, uniform } from '../../images/hash.js';
import { areaOf, type Size } from '../../images/size.js';
import type { Batch } from '../../verdict/batch.js';

/** For checks of hyperparameters: the spec must declare one. */
export function declaresHyperparameters({ hyperparameters }: Contract): true | string {
  return hyperparameters.length > 0 || 'The spec declares no hyperparameters.';
}

/** The values that a hyperparameter must accept: both ends of its range, and the default. */
export function valuesOf({ type, default: defaultValue, min, max }: Hyperparameter): (number | boolean)[] {
  if (type === 'bool') return [false, true];
  return [...new Set([min, max, defaultValue])].filter(
    (value): value is number | boolean => value !== undefined,
  );
}

/** The arguments with which a hyperparameter has its declared effect. */
export function settingOf({ affects }: Hyperparameter): Arguments {
  return affects === 'inference' ? {} : { training: true };
}

/** A batch of several different images at the smallest size. */
export function batchFor(contract: Contract): Batch {
  return { count: 6, ...smallestSize(contract), pattern: 'mixed', seed: 23 };
}

/** Batches of other counts at the smallest size, then of other sizes: wide, tall, odd, the largest and one by the seed. */
export function otherBatches(contract: Contract, seed: number): Batch[] {
  const { sizes } = sizeCorners(contract);
  const [smallest = smallestSize(contract), ...others] = sizes;
  const counts = countsTried.filter((count) => count === 1 || count * areaOf(smallest) <= maxPixels);
  const random = others[Math.floor(uniform(streamOf(seed, 1), 0) * others.length)];
  const largest = others.toSorted((a, b) => areaOf(a) - areaOf(b)).at(-1);
  const odd = others.find(({ height, width }) => height % 2 === 1 && width % 2 === 1);
  const chosen = [...new Set([...lopsided(others), odd, largest, random])].filter(
    (size) => size !== undefined,
  );
  const mixed = { pattern: 'mixed', seed: 23 } as const;
  return [
    ...counts.map((count) => ({ count, ...smallest, ...mixed })),
    ...chosen.map((size) => {
      const count = Math.max(1, Math.min(4, Math.floor(maxPixels / areaOf(size))));
      return { count, ...size, ...mixed };
    }),
  ];
}

/** A wide and a tall one, as lopsided as these sizes have. */
function lopsided(sizes: readonly Size[]): Size[] {
  const byShape = sizes.toSorted((a, b) => a.height / a.width - b.height / b.width);
  const ends = [...byShape.slice(0, 1), ...byShape.slice(-1)];
  return ends.filter(({ height, width }) => height !== width);
}

/** One, two, and more than the tables and micro-batches that fail beyond 8, 16 or 64 images. */
export const mostTried = 100;
const countsTried = [1, 2, 13, 33, mostTried];

/** Pixels of one of these batches, so that many values can be tried with it. */
const maxPixels = 2 ** 20;

/** Two images, or one where two are too many, at the largest size, at one in between, at a wide and at a tall one. */
export function largerBatches(contract: Contract): Batch[] {
  const [smallest, ...others] = sizeCorners(contract).sizes.toSorted((a, b) => areaOf(a) - areaOf(b));
  if (!smallest) return [];
  const chosen = new Set([others.at(-1), others.at(others.length / 2), ...lopsided(others)]);
  return [...chosen]
    .filter((size) => size !== undefined)
    .map((size) => {
      const count = Math.max(1, Math.min(2, Math.floor(contract.limits.pixelsPerCall / areaOf(size))));
      return { count, ...size, pattern: 'mixed', seed: 23 };
    });
}

/** More images of the smallest size, up to 100; no fewer than of the usual batch. */
export function manyImages(contract: Contract): Batch {
  const usual = batchFor(contract);
  const affordable = Math.min(pixelsOfMany, contract.limits.pixelsPerCall) / areaOf(usual);
  return { ...usual, count: Math.max(usual.count, Math.min(100, Math.floor(affordable))) };
}

const pixelsOfMany = 2 ** 18;
