import type { Noise } from '../../harness/engine/subject.js';
import { widened } from './widened.js';

/** Values that a random call gave, one array for each draw. */
type Draws = readonly Float32Array[];

/**
 * Distance between the spreads of two samples of 64 draws, in standard errors, beyond which they differ: by chance, once
 * in a hundred billion (Student's t, 126 degrees of freedom), as there may be a hundred variables.
 */
const maxStandardErrors = 7.5;

/** The same for the mean of a single value, of which there may be hundreds of thousands: once in 10¹⁴. */
const maxStandardErrorsOfMean = 9;

/** How the values of two samples differ in their spread or in the mean of one of them, in words. */
export function distributionDifference(one: Draws, other: Draws, noise: Noise): string | undefined {
  return spreadDifference(one, other) ?? meanDifference(one, other, noise);
}

/** The mean of one value over all draws against its mean over the other draws. */
function meanDifference(one: Draws, other: Draws, noise: Noise): string | undefined {
  const largest = [...one, ...other].map((values) => widened(noise, values).absolute);
  const tolerance = Math.max(...largest);
  for (let unit = 0; unit < (one[0]?.length ?? 0); unit++) {
    const [first, second] = [momentsAt(one, unit), momentsAt(other, unit)];
    const error = Math.sqrt(first.variance / one.length + second.variance / other.length);
    const allowed = maxStandardErrorsOfMean * error + tolerance;
    if (Object.is(first.mean, second.mean) || Math.abs(first.mean - second.mean) <= allowed) continue;
    return `a mean of ${first.mean.toPrecision(3)} against ${second.mean.toPrecision(3)}`;
  }
  return undefined;
}

/** Compares how far random values lie from their own mean, draw by draw. */
function spreadDifference(one: Draws, other: Draws): string | undefined {
  const [first, second] = [momentsOf(deviationsOf(one)), momentsOf(deviationsOf(other))];
  if (Object.is(first.mean, second.mean)) return undefined;
  const error = Math.sqrt(first.variance / one.length + second.variance / other.length);
  if (Math.abs(first.mean - second.mean) <= maxStandardErrors * error) return undefined;
  return `a spread of ${Math.sqrt(first.mean).toPrecision(3)} against ${Math.sqrt(second.mean).toPrecision(3)}`;
}

/** For each draw, the mean square of its distance from the mean of all draws. */
function deviationsOf(draws: Draws): number[] {
  const mean = Array.from({ length: draws[0]?.length ?? 0 }, (_, unit) => momentsAt(draws, unit).mean);
  return draws.map((values) => average([...values].map((value, unit) => (value - (mean[unit] ?? 0)) ** 2)));
}

function momentsAt(draws: Draws, unit: number): Moments {
  return momentsOf(draws.map((values) => values[unit] ?? Number.NaN));
}

type Moments = { readonly mean: number; readonly variance: number };

function momentsOf(values: readonly number[]): Moments {
  const mean = average(values);
  return { mean, variance: average(values.map((value) => (value - mean) ** 2)) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
