import type { Tool } from './needs.js';

/** A row of a table of what is there and what is missing and, under what is missing, how to fix it. */
export function toolLines({ ok, name, found, remedy }: Tool): string[] {
  const line = `${ok ? 'ok      ' : 'missing '} ${name.padEnd(16)} ${found}`;
  return remedy === '' ? [line] : [line, `${' '.repeat(26)}→ ${remedy}`];
}
