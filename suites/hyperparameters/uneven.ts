import { valuesToTry } from '../../harness/check/settings/values.js';
import type { Contract, SizeRange } from '../../harness/contract/contract.js';
import { smallestSize } from '../../harness/images/corners.js';
import type { Trial } from './trial.js';

/** Whole numbers up to this one may divide the image into blocks. */
const largestBlock = 64;

/** Each whole number of a range with the smallest images whose height and width it does not divide, as far as allowed. */
export function unevenTrials(contract: Contract, seed: number): Trial[] {
  const whole = contract.hyperparameters.filter(({ type }) => type === 'int');
  return whole.flatMap((one) =>
    valuesToTry(one, seed).flatMap((value) => {
      if (typeof value !== 'number' || value < 2 || value > largestBlock) return [];
      const { height, width } = contract.imageSize;
      const smallest = smallestSize(contract);
      const size = {
        height: undivided(height, value) ?? smallest.height,
        width: undivided(width, value) ?? smallest.width,
      };
      if (size.height === smallest.height && size.width === smallest.width) return [];
      return [{ batch: { count: 2, ...size, pattern: 'mixed', seed: 23 }, values: { [one.name]: value } }];
    }),
  );
}

function undivided({ min, max, step }: SizeRange, by: number): number | undefined {
  for (let side = min; side <= Math.min(max, min + by * step); side += step) if (side % by !== 0) return side;
  return undefined;
}
