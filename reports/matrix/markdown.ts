import { plural } from '../../harness/verdict/plural.js';
import { inline } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import { isFault, type Outcome, verdictLabels } from '../wording/outcome.js';
import type { Matrix, MatrixRow } from './matrix.js';

/** Rows at most: a comment on GitHub may not exceed 65,536 characters. */
const most = 200;

/** A line for each model with what it breaks, and a line for each check that some model breaks. */
export function matrixMarkdown(matrix: Matrix): string {
  const { checks, rows } = matrix;
  const broken = checks
    .map(({ id, level }, at) => ({
      id,
      level,
      count: rows.filter((row) => isBroken(row.outcomes[at])).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  const left = rows.length - most;
  const blocks = [
    `## ${plural(rows.length, 'model')}, ${plural(checks.length, 'check')}`,
    table(
      ['Model', 'Verdict', 'Broken', 'Undecided'],
      rows.slice(0, most).map((row) => modelRow(row, matrix)),
    ),
    left > 0 ? inline(`${left} more are in the other formats.`) : '',
    broken.length === 0
      ? ''
      : table(
          ['Check', 'Level', 'Models that break it'],
          broken.map(({ id, level, count }) => [id, level.toUpperCase(), String(count)]),
        ),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function modelRow(row: MatrixRow, { checks, rows }: Matrix): string[] {
  const named = (fits: (outcome: Outcome | undefined) => boolean) =>
    checks
      .filter((_, at) => fits(row.outcomes[at]))
      .map(({ id }) => id)
      .join(', ');
  const undecided = named((outcome) => outcome === 'error');
  const alone = rows.filter(({ name }) => name === row.name).length === 1;
  const name = alone ? row.name : `${row.name} (${row.run})`;
  const verdict = verdictLabels[row.verdict];
  const told = row.caveats === '' ? verdict : `${verdict} (${row.caveats})`;
  return [name, told, named(isBroken), row.problem ?? undecided];
}

function isBroken(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && isFault(outcome);
}
