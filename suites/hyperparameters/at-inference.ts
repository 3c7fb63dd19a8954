import { differenceOf, numberText, rowOf } from '../../harness/check/compare.js';
import type { BrokenPromise } from '../../harness/check/output-promise.js';
import { namesOf } from '../../harness/check/variable-names.js';
import type { Call, Noise, Subject, Tensor } from '../../harness/engine/subject.js';
import { generatorStates } from '../../harness/graph/randomness/generator-state.js';

/** How a call breaks what holds at inference: it changes a variable, gives other rows the second time, or its rows depend on each other. */
export type BrokenAtInference = Omit<BrokenPromise, 'of'> & {
  readonly of: 'variables' | 'determinism' | 'rows';
};

/**
 * Other neighbours at the same shape and position change a sound row by exactly 0, as a rule; this share of the largest value
 * is allowed besides the difference between two equal calls.
 */
const maxNeighbourShare = 2 ** -21;

/** In another position and without the rest, kernels may split their sums otherwise; this share of the largest value is allowed. */
const maxPositionShare = 0.05;

/** Judges a call without `training=True`. */
export async function brokenAtInference(
  subject: Subject,
  call: Call,
): Promise<BrokenAtInference | undefined> {
  const changed = await changedVariables(subject, call);
  if (changed) return changed;
  const together = await subject.call(call.batch, call.args);
  const [beside, again] = await subject.inARow([besideOthers(call), call]);
  if (!beside || !again) return undefined;
  const noise = await subject.noise();
  const largest = largestOf(together);
  const varies = differenceOf(together.values, again.values, {
    ...noise.tolerance,
    absolute: tolerated(noise, largest),
  });
  if (varies) {
    const [expected, actual] = [together, again].map(({ values }) => numberText(values[varies.unit]));
    return { of: 'determinism', expected: `${expected} in two equal calls`, actual: `${actual}` };
  }
  const repeated = distance(together, again);
  return (
    dependent(together, beside, keptRows(call), repeated + maxNeighbourShare * largest) ??
    (await dependentOnPosition(subject, call, together, maxPositionShare * largest))
  );
}

async function changedVariables(
  subject: Subject,
  { batch, args }: Call,
): Promise<BrokenAtInference | undefined> {
  const changed = await subject.changedBy(batch, args);
  if (changed.length === 0) return undefined;
  const states = generatorStates(subject.model, [subject.concreteFunctionFor(batch, args)]);
  const others = changed.filter((variable) => !states.includes(variable));
  if (others.length === 0) return undefined;
  return { of: 'variables', expected: 'as before', actual: `changed: ${namesOf(subject.model, others)}` };
}

/** The same images in every second row, and others in between. */
function besideOthers({ batch, args = {} }: Call): Call {
  const rows = Array.from({ length: batch.count }, (_, row) => (row % 2 === 1 ? row : row + 100));
  return { batch: { ...batch, rows }, args };
}

/** Pairs of the row of an image in two batches. */
type RowPairs = readonly (readonly [row: number, otherRow: number])[];

function keptRows({ batch }: Call): RowPairs {
  return Array.from({ length: Math.floor(batch.count / 2) }, (_, pair) => [2 * pair + 1, 2 * pair + 1]);
}

async function dependentOnPosition(
  subject: Subject,
  { batch, args }: Call,
  together: Tensor,
  allowed: number,
): Promise<BrokenAtInference | undefined> {
  if (batch.count < 2) return undefined;
  const rows = [...new Set([batch.count - 1, Math.floor(batch.count / 2), 0])];
  const separate = await subject.call({ ...batch, count: rows.length, rows }, args);
  return dependent(
    together,
    separate,
    rows.map((row, place) => [row, place]),
    allowed,
  );
}

function dependent(
  together: Tensor,
  other: Tensor,
  rows: RowPairs,
  absolute: number,
): BrokenAtInference | undefined {
  for (const [row, otherRow] of rows) {
    const [usual, actual] = [rowOf(together, row), rowOf(other, otherRow)];
    const difference = differenceOf(usual, actual, { absolute, relative: 0 });
    if (!difference) continue;
    const expected = `${numberText(usual[difference.unit])} in row ${row}, column ${difference.unit}, beside other images, too`;
    return { of: 'rows', expected, actual: numberText(actual[difference.unit]) };
  }
  return undefined;
}

/** The tolerance of the model, widened as far as a hyperparameter makes its outputs larger. */
function tolerated({ tolerance, scale }: Noise, largest: number): number {
  return tolerance.absolute * (scale > 0 ? Math.max(1, largest / scale) : 1) + tolerance.relative * largest;
}

function largestOf({ values }: Tensor): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function distance(one: Tensor, other: Tensor): number {
  return one.values.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (other.values[at] ?? value))),
    0,
  );
}
