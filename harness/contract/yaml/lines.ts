/** A place in a text: line and column count from 1, columns in UTF-16 units, as editors and SARIF count. */
export type Position = { readonly line: number; readonly column: number };

/** Finds the line and column of an offset, and the text of a line. */
export type Lines = {
  readonly positionOf: (offset: number) => Position;
  /** The line without its end, by number from 1. */
  readonly textOf: (line: number) => string;
};

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    positionOf: (offset) => {
      const line = lastAtOrBefore(starts, offset);
      return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    },
    textOf: (line) => {
      const start = starts[line - 1] ?? text.length;
      return text.slice(start, starts[line] ?? text.length).replace(/\r?\n$/, '');
    },
  };
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
