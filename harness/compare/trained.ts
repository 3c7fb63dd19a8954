import { callMayDraw, drawsUntilSteady } from '../check/may-draw.js';
import type { Call, Outcome, Subject } from '../engine/subject.js';
import { farthest } from './rows.js';

const none = new Float32Array();

/** What the same training calls gave, from the restored variables, each time. */
export type Repeated = readonly [Trained, ...Trained[]];

/** The output of the last call, and the floating-point variables that they leave, in the order of the model's list. */
type Trained = { readonly output: Float32Array; readonly state: readonly Float32Array[] };

export async function twice(subject: Subject, calls: readonly Call[]): Promise<Repeated> {
  return [await trained(subject, calls), await trained(subject, calls)];
}

/** And so often that random numbers show. */
export async function atLast(seen: Repeated, subject: Subject, call: Call): Promise<Repeated> {
  if (!callMayDraw(subject, call)) return seen;
  const [first, ...others] = seen;
  while (others.length <= drawsUntilSteady) others.push(await trained(subject, [call]));
  return [first, ...others];
}

async function trained(subject: Subject, calls: readonly Call[]): Promise<Trained> {
  const nodeIds = floatingIn(subject);
  const outcome = await subject.outcomeOf(calls, nodeIds);
  return { output: outcome.outputs[0]?.values ?? none, state: inOrder(outcome, nodeIds) };
}

/** Node ids of the floating-point variables, in the order of the model's list. */
export function floatingIn({ model: { listedVariables = [], variables } }: Subject): number[] {
  const floating = new Set(variables.filter(({ dtype }) => dtype === 'float32').map(({ nodeId }) => nodeId));
  return listedVariables.map(({ nodeId }) => nodeId).filter((nodeId) => floating.has(nodeId));
}

function inOrder({ state }: Outcome, nodeIds: readonly number[]): Float32Array[] {
  return nodeIds.map((nodeId) => state.get(nodeId) ?? none);
}

export function isRandom(seen: Repeated): boolean {
  const [{ output, state }, ...others] = seen;
  return (
    others.some((other) => farthest(output, other.output).by > 0) ||
    state.some((_, at) => !isSteady(seen, at))
  );
}

/** Places in the list of variables that random numbers change, in either model. */
export function randomIn(old: Repeated, now: Repeated): number[] {
  return [...old[0].state.keys()].filter((at) => !isSteady(old, at) || !isSteady(now, at));
}

/** The first variable that differs, and how many more do. Those that random numbers change are left out. */
export function otherState(
  old: Repeated,
  now: Repeated,
  subject: Subject,
  rounding: number,
): string | undefined {
  const [before, after] = [old[0].state, now[0].state];
  if (before.length !== after.length) return 'of a variable that only one of them has';
  const random = new Set(randomIn(old, now));
  const others = [...before.keys()].filter(
    (at) => !random.has(at) && differ(before[at] ?? none, after[at] ?? none, rounding),
  );
  const [first, ...more] = others;
  if (first === undefined) return undefined;
  const nodeId = floatingIn(subject)[first];
  const name = subject.model.variables.find((one) => one.nodeId === nodeId)?.name ?? `number ${first}`;
  return `of variable ${name}${more.length > 0 ? `, and of ${more.length} more,` : ''}`;
}

function isSteady([first, ...others]: Repeated, index: number): boolean {
  const [one = none] = [first.state[index]];
  return others.every(({ state }) => farthest(one, state[index] ?? none).by === 0);
}

/** Beyond what rounding may come to, of the largest value. */
export function differ(one: Float32Array, other: Float32Array, rounding: number): boolean {
  if (one.length !== other.length) return true;
  const scale = one.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return !(farthest(one, other).by <= rounding * scale);
}
