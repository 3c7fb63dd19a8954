import { differenceOf } from '../../harness/check/compare.js';
import { callMayDraw, drawsUntilSteady } from '../../harness/check/may-draw.js';
import { requireNumbers } from '../../harness/check/numeric-rows.js';
import type { Call, Noise, Subject } from '../../harness/engine/subject.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import { distributionDifference } from './distributions.js';
import { widened } from './widened.js';

/** Draws of calls whose outputs or variables are random, each from the restored variables. */
const draws = 64;

/** What calls in a row returned, and the values that they left in variables. */
type Draw = {
  readonly outputs: readonly Float32Array[];
  readonly state: ReadonlyMap<number, Float32Array>;
};

/** How calls behave: one draw of them or, where they are random, several. */
export type Behaviour = {
  readonly draws: readonly Draw[];
  /** Values of the variables that they change, before them. */
  readonly restored: ReadonlyMap<number, Float32Array>;
  readonly draw: () => Promise<Draw>;
  /** Whether the calls may draw random numbers. */
  readonly mayVary: boolean;
};

/** Observes a call with these arguments and the variables after it, several times if they are random. */
export async function behaviourOf(subject: Subject, call: Call): Promise<Behaviour> {
  const draw = () => drawOf(subject, [call]);
  const seen = await drawsOf(draw);
  const { state: restored } = await subject.outcomeOf([], idsOf(seen));
  return { draws: seen, restored, draw, mayVary: callMayDraw(subject, call) };
}

/** Observes what calls return, made in a row after another one. */
export async function outputsAfter(
  subject: Subject,
  before: Call,
  calls: readonly Call[],
): Promise<Behaviour> {
  const draw = async () => {
    const { outputs } = await drawOf(subject, [before, ...calls]);
    return { outputs: outputs.slice(1), state: new Map() };
  };
  const mayVary = [before, ...calls].some((call) => callMayDraw(subject, call));
  return { draws: await drawsOf(draw), restored: new Map(), draw, mayVary };
}

/** Observes a call after others, as often as random ones are, with no reset in between. */
export async function behaviourInARow(
  subject: Subject,
  before: readonly Call[],
  call: Call,
): Promise<Behaviour> {
  const mayVary = callMayDraw(subject, call);
  const calls = Array.from({ length: mayVary ? draws : 1 }, () => call);
  const { outputs } = await drawOf(subject, [...before, ...calls]);
  const seen = outputs.slice(before.length).map((output): Draw => ({ outputs: [output], state: new Map() }));
  return { draws: seen, restored: new Map(), draw: () => drawOf(subject, [...before, call]), mayVary: false };
}

/** Steps of perturbation: enough that a rate which follows a weight becomes another one. */
const stepsMoved = 4;

/** Observes a call, several times in a row if it is random, once every trainable variable has another value than the stored one. */
export async function behaviourWhenMoved(subject: Subject, call: Call): Promise<Behaviour> {
  const moved = new Map(listedTrainable(subject.model).map((variable) => [variable, stepsMoved]));
  const inARow = async (count: number) => {
    const calls = Array.from({ length: count }, () => call);
    const { outputs } = await subject.changesOver([], calls, moved);
    return outputs.map(({ values }): Draw => ({ outputs: [values], state: new Map() }));
  };
  const [first, second] = await inARow(2);
  const steady = first && second && isSame(first, second) && !callMayDraw(subject, call);
  const seen = steady ? [first] : await inARow(draws);
  return { draws: seen, restored: new Map(), draw: () => drawOf(subject, [call]), mayVary: false };
}

/** Whether all that was returned is finite. */
export function allFinite({ draws }: Behaviour): boolean {
  return draws.every(({ outputs }) => outputs.every((values) => values.every(Number.isFinite)));
}

export function isRandom(behaviour: Behaviour): boolean {
  return behaviour.draws.length > 1;
}

async function drawOf(subject: Subject, calls: readonly Call[]): Promise<Draw> {
  const { outputs, state } = await subject.outcomeOf(calls);
  for (const [at, call] of calls.entries()) {
    const output = outputs[at];
    if (output) requireNumbers(subject, call, output);
  }
  return { outputs: outputs.map(({ values }) => values), state };
}

async function drawsOf(draw: () => Promise<Draw>): Promise<readonly Draw[]> {
  const [first, second] = [await draw(), await draw()];
  return isSame(first, second) ? [first] : allDraws([first, second], draw);
}

async function allDraws(first: readonly Draw[], draw: () => Promise<Draw>): Promise<readonly Draw[]> {
  const seen = [...first];
  while (seen.length < draws) seen.push(await draw());
  return seen;
}

function isSame(one: Draw, other: Draw): boolean {
  return (
    one.outputs.every((values, at) => sameValues(values, other.outputs[at])) &&
    idsOf([one, other]).every((id) => sameValues(one.state.get(id), other.state.get(id)))
  );
}

function sameValues(one: Float32Array | undefined, other: Float32Array | undefined): boolean {
  return one !== undefined && other !== undefined && differenceOf(one, other) === undefined;
}

function idsOf(seen: readonly Draw[]): number[] {
  return [...new Set(seen.flatMap(({ state }) => [...state.keys()]))];
}

/** The difference of two behaviours, in words; undefined when there is none. */
export async function differenceBetween(
  one: Behaviour,
  other: Behaviour,
  noise: Noise,
): Promise<string | undefined> {
  const inDistribution = async () => randomDifference(await inFull(one), await inFull(other), noise);
  if (isRandom(one) || isRandom(other)) return inDistribution();
  const difference = steadyDifference(one, other, noise);
  if (difference === undefined) return undefined;
  return (await variesAtLast(one)) || (await variesAtLast(other)) ? inDistribution() : difference;
}

/** Where two draws were the same: by chance, now and then. */
async function variesAtLast({ draws: [first], draw, mayVary }: Behaviour): Promise<boolean> {
  for (let made = 0; mayVary && first && made < drawsUntilSteady; made++)
    if (!isSame(first, await draw())) return true;
  return false;
}

/** Of calls that give the same each time. */
function steadyDifference(one: Behaviour, other: Behaviour, noise: Noise): string | undefined {
  const [first, second] = [one.draws[0], other.draws[0]];
  if (!first || !second) return undefined;
  for (const [at, values] of first.outputs.entries()) {
    const difference = differenceOf(values, second.outputs[at] ?? empty, widened(noise, values));
    if (difference) return `outputs that differ by ${difference.by.toPrecision(3)}`;
  }
  return stateDifference(first.state, second.state, noise);
}

const empty = new Float32Array();

async function inFull(behaviour: Behaviour): Promise<Behaviour> {
  return { ...behaviour, draws: await allDraws(behaviour.draws, behaviour.draw) };
}

function stateDifference(one: Draw['state'], other: Draw['state'], noise: Noise): string | undefined {
  for (const id of new Set([...one.keys(), ...other.keys()])) {
    const [first, second] = [one.get(id), other.get(id)];
    if (!first || !second) return 'a variable that changes with one of them only';
    const difference = differenceOf(first, second, widened(noise, first));
    if (difference) return `variables that differ by ${difference.by.toPrecision(3)} after the call`;
  }
  return undefined;
}

/** Outputs, and each variable for itself, by their means and spread; a draw may leave a variable as it was. */
function randomDifference(one: Behaviour, other: Behaviour, noise: Noise): string | undefined {
  for (const at of (one.draws[0]?.outputs ?? []).keys()) {
    const difference = differenceIn(({ outputs }) => outputs[at] ?? empty);
    if (difference !== undefined) return difference;
  }
  for (const id of idsOf([...one.draws, ...other.draws])) {
    const restored = one.restored.get(id) ?? other.restored.get(id) ?? empty;
    const difference = differenceIn(({ state }) => state.get(id) ?? restored);
    if (difference !== undefined) return `variables with ${difference} after the call`;
  }
  return undefined;

  function differenceIn(values: (draw: Draw) => Float32Array): string | undefined {
    return distributionDifference(one.draws.map(values), other.draws.map(values), noise);
  }
}
