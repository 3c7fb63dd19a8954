import fc from 'fast-check';
import type { Contract } from '../contract/contract.js';
import type { Call, Outcome, Subject } from '../engine/subject.js';
import { batchesIn } from '../images/batches.js';
import { spaceOf } from '../images/space.js';
import type { Batch, Pattern } from '../verdict/batch.js';
import type { FunctionDelta } from '../verdict/comparison.js';
import type { Pair } from './bounds.js';
import { refusalIn } from './call-differences.js';
import { inDistribution } from './distribution.js';
import { farthest, rounding } from './rows.js';

/** Random batches that both models are trained with, and images in each, at least. */
const [batches, images] = [3, 4];

/** And batches of plain images, where a guard against a division by 0 shows. */
const plain: readonly Pattern[] = ['black', 'flat'];

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
  beforeCall();
  const stored = otherState(await twice(pair.old, []), await twice(pair.new, []), pair.old);
  if (stored !== undefined) return { same: false, says: `The stored value ${stored} is another.` };
  const random: Call[] = [];
  for (const batch of trainingBatches(contract, seed)) {
    const call = { batch, args: { training: true } };
    beforeCall();
    const old = await twice(pair.old, [call]).catch(refusalIn);
    // Nothing can be lost that OLD does not do.
    if (typeof old === 'string') return undefined;
    const now = await twice(pair.new, [call]).catch(refusalIn);
    if (typeof now === 'string') return { same: false, says: `With training=True, NEW says: ${now}` };
    if (isRandom(old) || isRandom(now)) random.push(call);
    else if (differ(old[0].output, now[0].output))
      return { same: false, says: 'Outputs with training=True are others.' };
    const state = otherState(old, now, pair.old);
    if (state !== undefined)
      return { same: false, says: `After a training call, the value ${state} is another.` };
  }
  if (random.length > 0) {
    const { same, says } = await inDistribution(pair, 'training=True', random, beforeCall);
    return { same, says: same ? says.replace(/\.$/, '; the state that is left, too.') : says };
  }
  return { same: true, says: 'The same to the noise; the state that is left, too.' };
}

function trainingBatches(contract: Contract, seed: number): Batch[] {
  const random = fc.sample(batchesIn(spaceOf(contract, images)), { seed: seed + 2, numRuns: batches });
  const [first] = random;
  return [...random, ...(first ? plain.map((pattern) => ({ ...first, pattern })) : [])];
}

type Twice = readonly [Trained, Trained];

/** Outputs of a training call, and the variables that it leaves, in the order of the model's list. */
type Trained = { readonly output: Float32Array; readonly state: readonly Float32Array[] };

async function twice(subject: Subject, calls: readonly Call[]): Promise<Twice> {
  return [await trained(subject, calls), await trained(subject, calls)];
}

async function trained(subject: Subject, calls: readonly Call[]): Promise<Trained> {
  const nodeIds = floatingIn(subject);
  const outcome = await subject.outcomeOf(calls, nodeIds);
  return { output: outcome.outputs[0]?.values ?? new Float32Array(), state: inOrder(outcome, nodeIds) };
}

function floatingIn({ model: { listedVariables = [], variables } }: Subject): number[] {
  const floating = new Set(variables.filter(({ dtype }) => dtype === 'float32').map(({ nodeId }) => nodeId));
  return listedVariables.map(({ nodeId }) => nodeId).filter((nodeId) => floating.has(nodeId));
}

function inOrder({ state }: Outcome, nodeIds: readonly number[]): Float32Array[] {
  return nodeIds.map((nodeId) => state.get(nodeId) ?? new Float32Array());
}

function isRandom([one, other]: Twice): boolean {
  return farthest(one.output, other.output).by > 0;
}

/** The first variable that differs, and how many more do. Those that random numbers change are left out. */
function otherState(old: Twice, now: Twice, subject: Subject): string | undefined {
  const [before, after] = [old[0].state, now[0].state];
  if (before.length !== after.length) return 'of a variable that only one of them has';
  const others = before.flatMap((values, at) => {
    const steady = isSteady(old, at) && isSteady(now, at);
    return steady && differ(values, after[at] ?? new Float32Array()) ? [at] : [];
  });
  const [first, ...more] = others;
  if (first === undefined) return undefined;
  const nodeId = floatingIn(subject)[first];
  const name = subject.model.variables.find((one) => one.nodeId === nodeId)?.name ?? `number ${first}`;
  return `of variable ${name}${more.length > 0 ? `, and of ${more.length} more,` : ''}`;
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
