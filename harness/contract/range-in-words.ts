import type { SizeRange } from './contract.js';

/** `224`, `32 to 512`, `32 to 512 in steps of 8`; `unit`: stands after the sizes. */
export function rangeInWords({ min, max, step }: SizeRange, unit = ''): string {
  if (min === max) return `${min}${unit}`;
  return `${min} to ${max}${unit}${step === 1 ? '' : ` in steps of ${step}`}`;
}
