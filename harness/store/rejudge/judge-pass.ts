import { numberText } from '../../check/compare.js';
import { type Apart, farther } from '../../check/tolerance.js';
import { isTooWide } from '../../contract/too-wide.js';
import type { CheckResult } from '../../verdict/run.js';
import { type Judging, undecided, withFinding } from './judging.js';
import type { Recorded } from './recorded.js';
import { isWithin, type NewTolerance, toleranceInWords } from './within.js';

/** What becomes of a pass: it stays one only where all that was compared is known to lie within. */
export function judgePass(check: CheckResult, recorded: Recorded | undefined, judging: Judging): CheckResult {
  if (check.comparisons === 'unrecorded') return undecided(check, unrecorded, judging);
  if (check.comparisons && check.evidence?.leftTo !== undefined) return undecided(check, left, judging);
  if (recorded === undefined) return check;
  const { told, largest } = recorded;
  const { tolerance } = judging;
  if (isTooWide(tolerance, told.scale)) return undecided(check, nothingSeen, judging);
  const most = farther(largest ?? told, told);
  switch (isWithin(most, tolerance)) {
    case false:
      return brokenBy(most, check, tolerance);
    case 'unknown':
      return undecided(check, valuesMatter(most, tolerance), judging);
    case true:
      return largest === undefined ? undecided(check, older, judging) : check;
  }
}

const unrecorded =
  'It compares outputs within a tolerance, and the run does not tell how far they lay apart.';
const left = 'Some cases were left to another check that failed, and their outputs were not compared.';
const nothingSeen = 'Within that much, other images look the same: nothing could be seen.';
const older = 'The run was made by an older version, which did not keep the largest difference.';

function valuesMatter(most: Apart, tolerance: NewTolerance): string {
  return `It held for ${inWords(most)}. Whether that is within ${toleranceInWords(tolerance)} depends on the values, which are not kept.`;
}

function brokenBy(most: Apart, check: CheckResult, tolerance: NewTolerance): CheckResult {
  const where = 'outputs that ought to be equal';
  const expected = `a difference of at most ${toleranceInWords(tolerance)} (--tolerance)`;
  return withFinding({ ...check, status: 'fail' }, { where, expected, actual: inWords(most) });
}

function inWords({ difference, scale }: Apart): string {
  return `outputs that differ by up to ${numberText(difference)}, where the largest value is ${numberText(scale)}`;
}
