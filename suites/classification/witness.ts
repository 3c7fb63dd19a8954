import type { SquashedScores } from '../../harness/graph/scores/score-bounds.js';

/** Rounding beyond an end, as a share of it. */
const slack = 1e-5;
/** How near to an end saturated scores come, as a share of the range. */
const nearEnd = 0.05;

/**
 * Whether scores show what the graph says of them: all lie in the range, or, where only a branch or some of the columns are
 * squashed, all of a row or of a column; and where a cap counts only if it bites, it does.
 */
export function showsSquash(
  rows: readonly Float32Array[],
  squashed: SquashedScores,
  partly: boolean,
): boolean {
  const inRange = partly ? rowsOrColumns(rows).filter((each) => liesIn(each, squashed)) : rows;
  if (inRange.length === 0 || !inRange.every((each) => liesIn(each, squashed))) return false;
  return (
    squashed.shownBy === 'always' || inRange.some((each) => each.some((value) => bites(value, squashed)))
  );
}

function rowsOrColumns(rows: readonly Float32Array[]): readonly Float32Array[] {
  const columns = [...(rows[0]?.keys() ?? [])].map((at) =>
    Float32Array.from(rows, (row) => row[at] ?? Number.NaN),
  );
  return [...rows, ...columns];
}

function liesIn(values: Float32Array, { range: [low, high] }: SquashedScores): boolean {
  return values.every(
    (value) => value >= low - slack * (1 + Math.abs(low)) && value <= high + slack * (1 + Math.abs(high)),
  );
}

/** Near either end, or at the end that only a cap has: the other one is that of a ReLU where it is 0. */
function bites(value: number, { range: [low, high], shownBy }: SquashedScores): boolean {
  const near = (shownBy === 'saturates' ? nearEnd : slack) * (high - low);
  return (low !== 0 && value <= low + near) || (high !== 0 && value >= high - near);
}
