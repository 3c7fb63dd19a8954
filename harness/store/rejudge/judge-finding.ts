import { mostDifferent } from '../../check/agreement.js';
import { type Difference, differenceInWords, differenceOf, numberText, rowOf } from '../../check/compare.js';
import { unitsApart } from '../../check/units-apart.js';
import type { ComparedOutputs } from '../../check/violation.js';
import type { Finding } from '../../verdict/run.js';
import { Contradiction, keptOutputs } from './kept-outputs.js';
import type { Recorded } from './recorded.js';
import { isWithin, type NewTolerance, toleranceInWords } from './within.js';

/** What becomes of a finding under another tolerance. */
export type Rejudgement =
  | { readonly kind: 'beyond'; readonly finding: Finding }
  /** `by`: how far the rows lie apart. */
  | { readonly kind: 'within'; readonly by: number }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * Judges a comparison that broke a promise again: the rows in the files beside the run or, where these are gone, what the
 * run tells of them. @throws Contradiction where the files give another difference than the run
 */
export function judgeFinding(
  finding: Finding,
  recorded: Recorded,
  tolerance: NewTolerance,
  folder: string,
): Rejudgement {
  const outputs = keptOutputs(finding, folder);
  if (outputs === undefined) return fromEvidence(finding, recorded, tolerance);
  requireSameDifference(outputs, finding, recorded);
  const { row, rows } = rowsCompared(outputs, finding, tolerance);
  const difference = differenceOf(...rows, tolerance);
  if (difference === undefined) return { kind: 'within', by: recorded.told.difference };
  return { kind: 'beyond', finding: { ...finding, ...said(rows, row, difference, tolerance) } };
}

type Rows = readonly [Float32Array, Float32Array];

/** The two rows that are compared, and the place of the first. */
function rowsCompared(
  outputs: ComparedOutputs,
  { compared }: Finding,
  tolerance: NewTolerance | undefined,
): { readonly row: number; readonly rows: Rows } {
  if (!compared) return mostDifferent(outputs, tolerance);
  const { one, other } = compared;
  return { row: one.row, rows: [rowOf(outputs[0], one.row), rowOf(outputs[1], other.row)] };
}

/** What made the check fail must be in the files, to the last bit. */
function requireSameDifference(outputs: ComparedOutputs, finding: Finding, recorded: Recorded): void {
  const { tolerance, source, told } = recorded;
  const { rows } = rowsCompared(outputs, finding, source === 'spec' ? tolerance : undefined);
  const beyond = differenceOf(...rows, tolerance);
  const isTold = [beyond, differenceOf(...rows)].some((one) => Object.is(one?.by, told.difference));
  if (beyond === undefined || !isTold)
    throw new Contradiction(
      finding.outputs?.join(' and ') ?? '',
      `the rows differ by ${numberText(differenceOf(...rows)?.by ?? 0)}, and by ${numberText(told.difference)} in run.json.`,
    );
}

function said(rows: Rows, row: number, difference: Difference, tolerance: NewTolerance) {
  const { expected, actual } = differenceInWords(rows, difference, {
    ...tolerance,
    source: 'spec',
    origin: 'by --tolerance',
  });
  const place = `in row ${row}, column ${difference.unit}`;
  return { expected: `${expected} ${place}`, actual, units: unitsApart(rows) };
}

function fromEvidence(finding: Finding, { told }: Recorded, tolerance: NewTolerance): Rejudgement {
  const by = numberText(told.difference);
  switch (isWithin(told, tolerance)) {
    case true:
      return { kind: 'within', by: told.difference };
    case false: {
      const expected = `rows that differ by at most ${toleranceInWords(tolerance)} (--tolerance)`;
      const actual = `a difference of ${by}, by what run.json tells: the outputs are not beside it`;
      return { kind: 'beyond', finding: { ...finding, expected, actual } };
    }
    case 'unknown':
      return {
        kind: 'unknown',
        why: `The rows differ by ${by}. Whether that is within ${toleranceInWords(tolerance)} depends on the values, and the outputs are not beside run.json.`,
      };
  }
}
