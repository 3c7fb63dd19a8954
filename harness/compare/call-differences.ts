import { CallFailed, CallRefused } from '../engine/process/failures.js';
import type { Tensor } from '../engine/subject.js';
import type { Images } from '../images/picture.js';
import type { ContractDifference } from '../verdict/comparison.js';
import { forAll } from './effects.js';

/** The output of a call, or what the model says instead. */
export type Answered = Tensor | string;

/** What a model says to a call that it does not answer. @throws any other error */
export function refusalIn(error: unknown): string {
  if (error instanceof CallRefused || error instanceof CallFailed) return error.message;
  throw error;
}

/** What the answers to one call differ in, but for values. */
export function callDifference(call: string, old: Answered, now: Answered): ContractDifference | undefined {
  if (typeof old === 'string' && typeof now === 'string') return undefined;
  if (typeof now === 'string')
    return forAll('breaking', {
      what: 'calls',
      old: `${call} runs`,
      new: now,
      why: 'NEW refuses what OLD takes.',
    });
  if (typeof old === 'string')
    return forAll('widening', {
      what: 'further calls',
      old,
      new: `${call} runs`,
      why: 'NEW takes what OLD refuses.',
    });
  const [before, after] = [formOf(old), formOf(now)];
  if (before === after) return undefined;
  return forAll('breaking', {
    what: 'output',
    old: before,
    new: after,
    why: `That is the output for ${call}.`,
  });
}

function formOf({ dtype, shape }: Tensor): string {
  return `${dtype} [${shape.join(', ')}]`;
}

/** A call in words. */
export function callText(images: Images, kind: string): string {
  const { count, height, width } = images;
  return `a call with ${count === 1 ? 'one image' : `${count} images`} of ${height}×${width}${kind.includes('=') ? ` and ${kind}` : ''}`;
}

/** Pairs of numbers of the same column, in OLD and in NEW. */
export function exchangedColumns(columns: readonly (readonly [number, number])[]): ContractDifference {
  const listed = (side: 0 | 1) => columns.slice(0, 8).map((pair) => pair[side]);
  return forAll('breaking', {
    what: 'order of columns',
    old: listed(0).join(', '),
    new: listed(1).join(', '),
    why: `${columns.length} columns of OLD are other columns of NEW, for all images.`,
  });
}
