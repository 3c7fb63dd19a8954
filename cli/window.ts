import { stripVTControlCharacters } from 'node:util';
import { wrap } from '../reports/terminal/wrap.js';
import type { Io } from './io.js';

/** What a command writes to: whether in colour, and how many characters fit on a line, if that is known. */
export type Window = { readonly color: boolean; readonly columns: number | undefined };

/** Colour on terminals only; NO_COLOR and FORCE_COLOR override that. */
export function windowOf({ stdout }: Pick<Io, 'stdout'>): Window {
  const stream = stdout as NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  const color =
    process.env.NO_COLOR === undefined && (stream.isTTY === true || process.env.FORCE_COLOR !== undefined);
  return { color, columns: stream.columns ?? columnsAsked(process.env) };
}

/** For a command whose output is shown in a window that it does not see. */
function columnsAsked({ COLUMNS = '' }: NodeJS.ProcessEnv): number | undefined {
  return /^[1-9]\d{1,3}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
}

/** Lines for a stream that are too long for its window, broken at spaces; those after the first are indented. */
export function fitted(text: string, stream: NodeJS.WritableStream): string {
  const { columns } = windowOf({ stdout: stream });
  if (columns === undefined) return text;
  return text
    .split('\n')
    .map((line) => fittedLine(line, columns))
    .join('\n');
}

function fittedLine(line: string, columns: number): string {
  // An excerpt of a file keeps its columns.
  if (stripVTControlCharacters(line).length <= columns || /^\s*\d* \|/.test(stripVTControlCharacters(line)))
    return line;
  const [, lead = ''] = /^(\s*(?:→ |= help: )?)/.exec(line) ?? [];
  const indent = ' '.repeat(Math.min(lead.length, 4));
  return wrap(line.slice(lead.length), columns - Math.max(lead.length, indent.length))
    .map((part, at) => (at === 0 ? lead : indent) + part)
    .join('\n');
}
