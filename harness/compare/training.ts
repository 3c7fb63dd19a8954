import { callMayDraw } from '../check/may-draw.js';
import type { Contract } from '../contract/contract.js';
import type { Call, Subject } from '../engine/subject.js';
import type { FunctionDelta, Told } from '../verdict/comparison.js';
import { type Pair, roundingOfSteps } from './bounds.js';
import { refusalIn } from './call-differences.js';
import { type TrainingCalls, trainingCalls } from './calls.js';
import { type Drawing, inDistribution } from './distribution.js';
import { drawOutcomes, drawOutputs } from './drawn.js';
import {
  atLast,
  differ,
  floatingIn,
  isRandom,
  otherState,
  type Repeated,
  randomIn,
  twice,
} from './trained.js';

/**
 * Whether calls with training=True do the same, each hyperparameter at its ends included: in the same rows and the same state where
 * neither draws random numbers, else in distribution. Undefined where OLD does not answer them.
 */
export async function trainingDelta(
  pair: Pair,
  contract: Contract,
  seed: number,
  beforeCall: () => void,
): Promise<FunctionDelta['training']> {
  beforeCall();
  const steps = { rounding: await roundingOfSteps(pair), beforeCall };
  const stored = otherState(await twice(pair.old, []), await twice(pair.new, []), pair.old, steps.rounding);
  if (stored !== undefined) return { same: false, says: `The stored value ${stored} is another.` };
  const all = trainingCalls(contract, seed);
  let plain: Told | undefined;
  for (const calls of all) {
    const found = await compared(pair, calls, steps);
    if (found?.same === false) return found;
    plain ??= found;
  }
  if (plain === undefined || all.length === 1) return plain;
  return { same: true, says: `${plain.says} With hyperparameters at their ends, too.` };
}

type Steps = Pick<Drawing, 'rounding' | 'beforeCall'>;

/** Undefined where OLD does not answer: nothing can be lost that it does not do. */
async function compared(
  pair: Pair,
  { kind, args, batches }: TrainingCalls,
  steps: Steps,
): Promise<Told | undefined> {
  const [random, generated]: [Call[], Call[]] = [[], []];
  const places = new Set<number>();
  for (const batch of batches) {
    steps.beforeCall();
    const call = { batch, args };
    const [before, after] = [
      await twice(pair.old, [call]).catch(refusalIn),
      await twice(pair.new, [call]).catch(refusalIn),
    ];
    if (typeof before === 'string') return undefined;
    if (typeof after === 'string') return { same: false, says: `With ${kind}, NEW says: ${after}` };
    const [old, now] = await settled(pair, call, [before, after], steps.rounding);
    const state = otherState(old, now, pair.old, steps.rounding);
    if (state !== undefined)
      return { same: false, says: `After a call with ${kind}, the value ${state} is another.` };
    if (isRandom(old) || isRandom(now)) random.push(call);
    else if (othersThan(old, now, steps.rounding)) {
      if (!(await generates(pair.old, call)) || !(await generates(pair.new, call)))
        return { same: false, says: `Outputs with ${kind} are others.` };
      generated.push(call);
    }
    for (const place of randomIn(old, now)) places.add(place);
  }
  const state = drawOutcomes((subject) => floatingIn(subject).filter((_, at) => places.has(at)));
  const told: Told[] = [];
  for (const [calls, draw] of [[random, state] as const, [generated, drawOutputs] as const])
    if (calls.length > 0) told.push(await inDistribution(pair, { kind, calls, draw, ...steps }));
  const [first = { same: true, says: 'The same to the noise; the state that is left, too.' }] = told;
  return told.find(({ same }) => !same) ?? first;
}

/** Where two calls of each look steady and differ between the models, random numbers may have coincided: more calls tell. */
async function settled(
  pair: Pair,
  call: Call,
  [old, now]: readonly [Repeated, Repeated],
  rounding: number,
): Promise<readonly [Repeated, Repeated]> {
  const areSteady = !isRandom(old) && !isRandom(now);
  const differs =
    otherState(old, now, pair.old, rounding) !== undefined || (areSteady && othersThan(old, now, rounding));
  return differs ? [await atLast(old, pair.old, call), await atLast(now, pair.new, call)] : [old, now];
}

function othersThan([{ output }]: Repeated, [other]: Repeated, rounding: number): boolean {
  return differ(output, other.output, rounding);
}

/** Whether a call draws random numbers from a generator that is a variable, and may begin elsewhere in another copy of the model. */
async function generates(subject: Subject, call: Call): Promise<boolean> {
  if (!callMayDraw(subject, call)) return false;
  const changed = await subject.changedBy(call.batch, call.args);
  return changed.some(({ dtype }) => dtype !== 'float32');
}
