import { differenceOf } from '../../harness/check/compare.js';
import { requireNumbers } from '../../harness/check/numeric-rows.js';
import type { Arguments, Call, Noise, Subject, Tensor } from '../../harness/engine/subject.js';
import type { Batch } from '../../harness/verdict/batch.js';

/** Draws of a call whose output is random. */
const draws = 40;

/** Distance between two samples, in standard errors, beyond which they differ: by chance, once in a billion. */
const maxStandardErrors = 6;

/** The same for the mean of a single value, of which there may be thousands and whose draws may be far from normal. */
const maxStandardErrorsOfMean = 9;

/**
 * How a call behaves with some arguments: its output, the values that it leaves in the
 * variables and, where it is random, its spread.
 */
export type Behaviour = {
  readonly outputs: readonly Tensor[];
  readonly state: ReadonlyMap<number, Float32Array>;
};

/** Observes a call with these arguments, several times if its output is random. */
export async function behaviourOf(subject: Subject, batch: Batch, args: Arguments): Promise<Behaviour> {
  const call: Call = { batch, args };
  const [first, second] = [...(await subject.inARow([call])), ...(await subject.inARow([call]))];
  const state = await subject.stateAfter(call);
  if (!first || !second) return { outputs: [], state };
  requireNumbers(subject, call, first);
  const outputs = [first, second];
  if (sameValues(first, second)) return { outputs: [first], state };
  while (outputs.length < draws) outputs.push(...(await subject.inARow([call])));
  return { outputs, state };
}

/** The difference of two behaviours, in words; undefined when there is none. */
export function differenceBetween(one: Behaviour, other: Behaviour, noise: Noise): string | undefined {
  const [first, second] = [one.outputs[0], other.outputs[0]];
  if (!first || !second) return undefined;
  if (one.outputs.length > 1 || other.outputs.length > 1)
    return distributionDifference(one.outputs, other.outputs, noise);
  const difference = differenceOf(first.values, second.values, noise.tolerance);
  if (difference) return `outputs that differ by ${difference.by.toPrecision(3)}`;
  return stateDifference(one.state, other.state, noise);
}

function sameValues(one: Tensor, other: Tensor): boolean {
  return (
    one.values.length === other.values.length &&
    one.values.every((value, index) => Object.is(value, other.values[index]))
  );
}

function stateDifference(
  one: Behaviour['state'],
  other: Behaviour['state'],
  noise: Noise,
): string | undefined {
  for (const nodeId of new Set([...one.keys(), ...other.keys()])) {
    const [first, second] = [one.get(nodeId), other.get(nodeId)];
    if (!first || !second) return 'a variable that changes with one of them only';
    const difference = differenceOf(first, second, noise.tolerance);
    if (difference) return `variables that differ by ${difference.by.toPrecision(3)} after the call`;
  }
  return undefined;
}

/** Random outputs differ in their spread or in the mean of some value. */
function distributionDifference(
  one: readonly Tensor[],
  other: readonly Tensor[],
  noise: Noise,
): string | undefined {
  return spreadDifference(one, other) ?? meanDifference(one, other, noise);
}

/** The mean of one value over all draws against its mean over the other draws. */
function meanDifference(one: readonly Tensor[], other: readonly Tensor[], noise: Noise): string | undefined {
  const length = one[0]?.values.length ?? 0;
  for (let unit = 0; unit < length; unit++) {
    const [first, second] = [one, other].map((outputs) =>
      momentsOf(outputs.map(({ values }) => values[unit] ?? Number.NaN)),
    );
    if (!first || !second) return undefined;
    const error = Math.sqrt(first.variance / one.length + second.variance / other.length);
    const allowed = maxStandardErrorsOfMean * error + noise.tolerance.absolute;
    if (Math.abs(first.mean - second.mean) <= allowed) continue;
    return `a mean of ${first.mean.toPrecision(3)} against ${second.mean.toPrecision(3)}`;
  }
  return undefined;
}

/** Compares how far random outputs lie from their own mean, draw by draw. */
function spreadDifference(one: readonly Tensor[], other: readonly Tensor[]): string | undefined {
  const [first, second] = [momentsOf(deviationsOf(one)), momentsOf(deviationsOf(other))];
  const error = Math.sqrt(first.variance / one.length + second.variance / other.length);
  const difference = Math.abs(first.mean - second.mean);
  if (difference === 0 || difference <= maxStandardErrors * error) return undefined;
  return `a spread of ${Math.sqrt(first.mean).toPrecision(3)} against ${Math.sqrt(second.mean).toPrecision(3)}`;
}

/** For each draw, the mean square of its distance from the mean of all draws. */
function deviationsOf(draws: readonly Tensor[]): number[] {
  const length = draws[0]?.values.length ?? 0;
  const mean = Array.from({ length }, (_, unit) =>
    average(draws.map(({ values }) => values[unit] ?? Number.NaN)),
  );
  return draws.map(({ values }) =>
    average([...values].map((value, unit) => (value - (mean[unit] ?? 0)) ** 2)),
  );
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = average(values);
  return { mean, variance: average(values.map((value) => (value - mean) ** 2)) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
