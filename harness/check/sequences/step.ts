import type { Arguments, Call } from '../../engine/subject.js';
import { argumentsInWords } from '../../verdict/arguments-in-words.js';
import type { Batch } from '../../verdict/batch.js';

/** One call of a sequence, with nothing reset before it. */
export type Step = {
  readonly batch: Batch;
  readonly training: boolean;
  /** Hyperparameters that are passed. */
  readonly setting: Arguments;
};

/** Training calls of the longest sequence: what builds up, or begins late, shows by then. */
export const manyCalls = 130;

/** Passes no hyperparameter; the one object, by which shrinking knows it. */
export const nothingSet: Arguments = {};

/** The call that a step makes. */
export function callOf({ batch, training, setting }: Step): Call {
  return { batch, args: { training, ...setting } };
}

/** A sequence as findings print it: `2 calls with training=True, then 1 with training=False`. */
export function sequenceText(steps: readonly Step[]): string {
  const groups: { args: string; count: number }[] = [];
  for (const { training, setting } of steps) {
    const args = argumentsInWords({ training, ...setting });
    const last = groups.at(-1);
    if (last?.args === args) last.count += 1;
    else groups.push({ args, count: 1 });
  }
  const shown = groups.slice(0, maxGroups).map(({ args, count }, index) => {
    const calls = index === 0 ? `${count} call${count === 1 ? '' : 's'}` : String(count);
    return `${calls} with ${args}`;
  });
  return [...shown, ...(groups.length > maxGroups ? ['…'] : [])].join(', then ');
}

const maxGroups = 4;
