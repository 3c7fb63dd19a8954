import fc from 'fast-check';
import type { Contract } from '../contract/contract.js';
import type { Call, Outcome, Subject } from '../engine/subject.js';
import { batchesIn } from '../images/batches.js';
import { spaceOf } from '../images/space.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { FunctionDelta } from '../verdict/comparison.js';
import type { Pair } from './bounds.js';
import { refusalIn } from './call-differences.js';
import { farthest } from './rows.js';

/** Batches that both models are trained with, and images in each, at least. */
const [batches, images] = [3, 4];

/** Calls of one batch from which the mean and deviation of each value are taken. */
const repeats = 24;

/** Standard errors beyond which means differ: one in 10¹⁵ of normal ones does. */
const standardErrors = 8;

/** Of the largest value: what rounding may come to in a step of training. */
const rounding = 2 ** -12;

/**
 * Whether calls with training=True do the same: in the same rows and the same state where neither draws random numbers, else in
 * distribution.
 */
export async function trainingDelta(
  pair: Pair,
  contract: Contract,
  seed: number,
  beforeCall: () => void,
): Promise<FunctionDelta['training']> {
  const space = spaceOf(contract, images);
  let drawn = false;
  for (const batch of fc.sample(batchesIn(space), { seed: seed + 2, numRuns: batches })) {
    const call = { batch, args: { training: true } };
    beforeCall();
    const old = await outcomes(pair.old, call).catch(refusalIn);
    // Nothing can be lost that OLD does not do.
    if (typeof old === 'string') return undefined;
    const now = await outcomes(pair.new, call).catch(refusalIn);
    if (typeof now === 'string') return { same: false, says: `With training=True, NEW says: ${now}` };
    const random = isRandom(old) || isRandom(now);
    drawn ||= random;
    const output = random ? await otherDistribution(pair, call, beforeCall) : otherOutput(old, now);
    const says = output ?? otherState(old, now);
    if (says !== undefined) return { same: false, says };
  }
  const how = drawn ? `in distribution, over ${repeats} calls of each batch` : 'to the noise';
  return { same: true, says: `The same ${how}; the state that is left, too.` };
}

type Twice = readonly [Trained, Trained];

/** Outputs of a training call, and the variables that it leaves, in the order of the model's list. */
type Trained = { readonly output: Float32Array; readonly state: readonly Float32Array[] };

async function outcomes(subject: Subject, call: Call): Promise<Twice> {
  return [await trained(subject, call), await trained(subject, call)];
}

async function trained(subject: Subject, call: Call): Promise<Trained> {
  const nodeIds = floatingIn(subject.model);
  const outcome = await subject.outcomeOf([call], nodeIds);
  return { output: outcome.outputs[0]?.values ?? new Float32Array(), state: inOrder(outcome, nodeIds) };
}

function floatingIn({ listedVariables = [], variables }: SavedModel): number[] {
  const floating = new Set(variables.filter(({ dtype }) => dtype === 'float32').map(({ nodeId }) => nodeId));
  return listedVariables.map(({ nodeId }) => nodeId).filter((nodeId) => floating.has(nodeId));
}

function inOrder({ state }: Outcome, nodeIds: readonly number[]): Float32Array[] {
  return nodeIds.map((nodeId) => state.get(nodeId) ?? new Float32Array());
}

function isRandom([one, other]: Twice): boolean {
  return farthest(one.output, other.output).by > 0;
}

function otherOutput([old]: Twice, [now]: Twice): string | undefined {
  return differ(old.output, now.output) ? 'Outputs with training=True are others.' : undefined;
}

/** Variables that random numbers change are left out. */
function otherState(old: Twice, now: Twice): string | undefined {
  const [before, after] = [old[0].state, now[0].state];
  if (before.length !== after.length) return 'The lists of variables are of different length.';
  const at = before.findIndex(
    (values, index) =>
      isSteady(old, index) && isSteady(now, index) && differ(values, after[index] ?? new Float32Array()),
  );
  return at === -1 ? undefined : `After a training call, variable number ${at} is another.`;
}

function isSteady([one, other]: Twice, index: number): boolean {
  const [first = new Float32Array(), second = new Float32Array()] = [one.state[index], other.state[index]];
  return farthest(first, second).by === 0;
}

function differ(one: Float32Array, other: Float32Array): boolean {
  if (one.length !== other.length) return true;
  const scale = one.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return !(farthest(one, other).by <= rounding * scale);
}

async function otherDistribution(
  pair: Pair,
  call: Call,
  beforeCall: () => void,
): Promise<string | undefined> {
  const [old, now] = [await moments(pair.old, call, beforeCall), await moments(pair.new, call, beforeCall)];
  if (old.mean.length !== now.mean.length) return 'Outputs with training=True have another shape.';
  const at = old.mean.findIndex((mean, index) =>
    isOther(mean, old.variance[index], now.mean[index], now.variance[index]),
  );
  return at === -1
    ? undefined
    : `With training=True, value ${at} of the output is ${old.mean[at]} on average in OLD and ${now.mean[at]} in NEW.`;
}

function isOther(one: number, spread = 0, other = Number.NaN, otherSpread = 0): boolean {
  const error = Math.sqrt((spread + otherSpread) / repeats) + rounding * Math.abs(one);
  return !(Math.abs(one - other) <= standardErrors * error);
}

type Moments = { readonly mean: readonly number[]; readonly variance: readonly number[] };

async function moments(subject: Subject, call: Call, beforeCall: () => void): Promise<Moments> {
  const rows: Float32Array[] = [];
  for await (const { values } of subject.again(call)) {
    beforeCall();
    if (rows.push(values) === repeats) break;
  }
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, at) =>
    rows.map((row) => row[at] ?? Number.NaN),
  );
  const mean = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const variance = columns.map(
    (values, at) =>
      values.reduce((sum, value) => sum + (value - (mean[at] ?? 0)) ** 2, 0) / (values.length - 1),
  );
  return { mean, variance };
}
