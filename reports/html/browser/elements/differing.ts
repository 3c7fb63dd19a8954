import { type Child, element } from './dom.js';

/** Two texts that are mostly alike, with the part that is not marked in each; others as they are. */
export function differing(one: string, other: string): [Child[], Child[]] {
  const start = sharedStart(one, other);
  const end = sharedEnd(one.slice(start), other.slice(start));
  if (one === other || start + end < Math.max(one.length, other.length) / 2) return [[one], [other]];
  return [marked(one, start, end), marked(other, start, end)];
}

function marked(text: string, start: number, end: number): Child[] {
  const middle = element('mark', {}, text.slice(start, text.length - end));
  return [text.slice(0, start), middle, text.slice(text.length - end)];
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function sharedEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length))
    length += 1;
  return length;
}
