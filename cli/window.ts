import type { Io } from './io.js';

/** What a command writes to: whether in colour, and how many characters fit on a line, if that is known. */
export type Window = { readonly color: boolean; readonly columns: number | undefined };

/** Colour on terminals only; NO_COLOR and FORCE_COLOR override that. */
export function windowOf({ stdout }: Pick<Io, 'stdout'>): Window {
  const stream = stdout as NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  const color =
    process.env.NO_COLOR === undefined && (stream.isTTY === true || process.env.FORCE_COLOR !== undefined);
  return { color, columns: stream.columns };
}
