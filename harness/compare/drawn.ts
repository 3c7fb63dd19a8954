import { callMayDraw, drawsUntilSteady } from '../check/may-draw.js';
import type { Call, Subject } from '../engine/subject.js';
import type { Pair } from './bounds.js';
import { refusalIn } from './call-differences.js';
import type { Calls } from './calls.js';
import { farthest } from './rows.js';
import type { Outputs } from './spread.js';

/** One tensor as calls gave it, one after the other: the output, or a variable that they left. */
export type Part = { readonly of: string; readonly rows: Outputs; readonly columns: number };

/** Makes one call so many times. Gives as many parts, in the same order, whatever the model. */
export type Draw = (
  subject: Subject,
  call: Call,
  count: number,
  beforeCall: () => void,
) => Promise<readonly Part[]>;

/** The output of calls in a row. */
export const drawOutputs: Draw = async (subject, call, count, beforeCall) => {
  const rows: Float32Array[] = [];
  let columns = 1;
  for await (const { values, shape } of subject.again(call)) {
    beforeCall();
    columns = shape.at(-1) ?? 1;
    if (rows.push(values) === count) break;
  }
  return [{ of: 'the output', rows, columns }];
};

/** The output of calls, each from the restored variables, and the variables that each leaves; `nodeIds`: those of one model. */
export function drawOutcomes(nodeIds: (subject: Subject) => readonly number[]): Draw {
  return async (subject, call, count, beforeCall) => {
    const watched = nodeIds(subject);
    const outputs: Float32Array[] = [];
    const left = watched.map((): Float32Array[] => []);
    let columns = 1;
    for (let made = 0; made < count; made++) {
      beforeCall();
      const { outputs: given, state } = await subject.outcomeOf([call], watched);
      columns = given[0]?.shape.at(-1) ?? 1;
      outputs.push(given[0]?.values ?? new Float32Array());
      for (const [at, nodeId] of watched.entries()) left[at]?.push(state.get(nodeId) ?? new Float32Array());
    }
    const name = (nodeId: number) => subject.model.variables.find((one) => one.nodeId === nodeId)?.name;
    return [
      { of: 'the output', rows: outputs, columns },
      ...left.map((rows, at) => ({ of: `variable ${name(watched[at] ?? -1)}`, rows, columns: 0 })),
    ];
  };
}

/** Whether arguments have a model draw random numbers at inference: the same call gives other rows. */
export async function draws(pair: Pair, { args, corners }: Calls): Promise<boolean> {
  if (Object.keys(args).length === 0) return false;
  for (const batch of corners) if (await drawsFor(pair, { batch, args })) return true;
  return false;
}

async function drawsFor(pair: Pair, call: Call): Promise<boolean> {
  const differs = async (subject: Subject) => {
    const count = callMayDraw(subject, call) ? drawsUntilSteady : 2;
    const [output] = await drawOutputs(subject, call, count, () => undefined);
    const [one = new Float32Array(), ...others] = output?.rows ?? [];
    return others.some((other) => farthest(one, other).by > 0);
  };
  const found = [await differs(pair.old).catch(refusalIn), await differs(pair.new).catch(refusalIn)];
  return found.every((one) => typeof one === 'boolean') && found.includes(true);
}
