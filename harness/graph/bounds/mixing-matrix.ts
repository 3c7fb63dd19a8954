import type { Numbers, Value } from './value.js';

/** The matrix of a linear layer: one row for each input, one column for each output. */
export type Matrix = {
  readonly rows: number;
  readonly columns: number;
  readonly at: (row: number, column: number) => number;
};

/** Numbers of shape [inputs, outputs], or the other way around; a convolution's, [height, width, inputs, outputs], are summed over its window. */
export function matrixOf({ shape, values }: Numbers, transposed: boolean): Matrix | undefined {
  const [columns, rows, ...window] = shape.toReversed();
  if (rows === undefined || columns === undefined) return undefined;
  const places = window.reduce((product, size) => product * size, 1);
  const at = (row: number, column: number) => {
    let total = 0;
    for (let place = 0; place < places; place++)
      total += values[(place * rows + row) * columns + column] ?? Number.NaN;
    return total;
  };
  return transposed
    ? { rows: columns, columns: rows, at: (row, column) => at(column, row) }
    : { rows, columns, at };
}

/**
 * Whether a matrix only hands shares of the classes on to classes, as a confusion matrix, a calibration or a sum over kinds
 * does. The kernel of a learned layer has entries of both signs.
 */
export function handsOnShares(matrix: Matrix): boolean {
  const { rows, columns } = matrix;
  const all = everyRow(matrix);
  const totals = all.map((row) => row.reduce((sum, entry) => sum + entry, 0));
  const positive = all.every((row) => row.every((entry) => entry >= 0));
  const even = Math.max(...totals) <= 2 * Math.min(...totals);
  const unit = totals.every((total) => Math.abs(total - 1) <= 0.5);
  const sums = all.every((row) => row.every((entry) => entry === 0 || entry === 1));
  if (sums || (positive && even && (unit || rows * columns >= leastByChance))) return true;
  if (rows !== columns) return false;
  const dominant = all.every((row, at) => {
    const own = row[at] ?? Number.NaN;
    return own > row.reduce((sum, entry) => sum + Math.abs(entry), -Math.abs(own));
  });
  return dominant || (positive && rows * columns >= leastByChance);
}

/** As many entries of a learned kernel are hardly all positive by chance. */
const leastByChance = 9;

/** The range of what a matrix makes of inputs that lie in a range; of shares of a whole, it is that of its entries. */
export function rangeThrough(
  matrix: Matrix,
  { low, high, shares }: Value,
): readonly [low: number, high: number] {
  const all = everyRow(matrix);
  const columns = Array.from({ length: matrix.columns }, (_, column) =>
    all.map((row) => row[column] ?? Number.NaN),
  );
  if (shares && low.at === 0) {
    const entries = all.flat();
    return [Math.min(0, ...entries) * high.at, Math.max(...entries) * high.at];
  }
  const ends = columns.map((column) => [
    column.reduce((sum, entry) => sum + (entry === 0 ? 0 : Math.min(entry * low.at, entry * high.at)), 0),
    column.reduce((sum, entry) => sum + (entry === 0 ? 0 : Math.max(entry * low.at, entry * high.at)), 0),
  ]);
  return [
    Math.min(...ends.map(([least = Number.NaN]) => least)),
    Math.max(...ends.map(([, most = Number.NaN]) => most)),
  ];
}

function everyRow({ rows, columns, at }: Matrix): readonly (readonly number[])[] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => at(row, column)),
  );
}
