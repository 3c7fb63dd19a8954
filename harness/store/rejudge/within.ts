import type { Apart } from '../../check/tolerance.js';
import type { Rejudged } from '../../verdict/run.js';

export type NewTolerance = NonNullable<Rejudged['tolerance']>;

/**
 * Whether a difference lies within a tolerance, as far as is known without the values: they are at most as large as the
 * scale of their row. NaN lies within nothing.
 */
export function isWithin(
  { difference, scale }: Apart,
  { absolute, relative }: NewTolerance,
): boolean | 'unknown' {
  if (difference <= absolute) return true;
  if (relative === 0 || !Number.isFinite(difference)) return false;
  return difference <= absolute + relative * scale || Number.isNaN(scale) ? 'unknown' : false;
}

/** "±0.001", "±0.001 and 0.0001 of the value". */
export function toleranceInWords({ absolute, relative }: NewTolerance): string {
  return relative === 0 ? `± ${absolute}` : `± ${absolute} ± ${relative} of the value`;
}
