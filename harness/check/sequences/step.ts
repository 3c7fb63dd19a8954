import type { Arguments, Call } from '../../engine/subject.js';
import type { Batch } from '../../verdict/batch.js';

/** One call of a sequence, with nothing reset before it. */
export type Step = { readonly batch: Batch; readonly training: boolean };

/** The call that a step makes. */
export function callOf({ batch, training }: Step): Call {
  return { batch, args: { training } satisfies Arguments };
}

/** A sequence as findings print it: `2 calls with training=True, then 1 with training=False`. */
export function sequenceText(steps: readonly Step[]): string {
  const groups: { training: boolean; count: number }[] = [];
  for (const { training } of steps) {
    const last = groups.at(-1);
    if (last?.training === training) last.count += 1;
    else groups.push({ training, count: 1 });
  }
  const shown = groups.slice(0, maxGroups).map(({ training, count }, index) => {
    const calls = index === 0 ? `${count} call${count === 1 ? '' : 's'}` : String(count);
    return `${calls} with training=${training ? 'True' : 'False'}`;
  });
  return [...shown, ...(groups.length > maxGroups ? ['…'] : [])].join(', then ');
}

const maxGroups = 4;
