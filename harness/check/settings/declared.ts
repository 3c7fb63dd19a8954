import type { Contract, Hyperparameter } from '../../contract/contract.js';
import type { Arguments } from '../../engine/subject.js';
import { type Size, sizeCorners, smallestSize } from '../../images/corners.js';
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

/** Two images, or one where two are too many, at the largest size and at one in between. */
export function largerBatches(contract: Contract): Batch[] {
  const [smallest, ...others] = sizeCorners(contract).sizes.toSorted((a, b) => areaOf(a) - areaOf(b));
  if (!smallest) return [];
  const chosen = new Set([others.at(-1), others.at(others.length / 2)]);
  return [...chosen]
    .filter((size) => size !== undefined)
    .map((size) => {
      const count = Math.max(1, Math.min(2, Math.floor(contract.limits.pixelsPerCall / areaOf(size))));
      return { count, ...size, pattern: 'mixed', seed: 23 };
    });
}

function areaOf({ height, width }: Size): number {
  return height * width;
}
