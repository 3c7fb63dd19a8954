import { numberText } from '../../check/compare.js';
import { farther } from '../../check/tolerance.js';
import { isTooWide } from '../../contract/too-wide.js';
import { fingerprintOf } from '../../verdict/fingerprint.js';
import { plural } from '../../verdict/plural.js';
import type { CheckResult, Finding, ModelRun } from '../../verdict/run.js';
import { shellWord } from '../shell-word.js';
import { judgeFinding } from './judge-finding.js';
import { type Recorded, recordedIn } from './recorded.js';
import { isWithin, type NewTolerance, toleranceInWords } from './within.js';

export type Judging = { readonly tolerance: NewTolerance; readonly folder: string };

/**
 * Judges a stored check again by another tolerance, where it was judged by one; any other stays as it was. A failure
 * that lies within is no pass, since the run stopped there. @throws Contradiction
 */
export function judgeCheck(check: CheckResult, model: ModelRun, judging: Judging): CheckResult {
  const recorded = recordedIn(check);
  switch (check.status) {
    case 'fail':
    case 'waived':
      return recorded && isOfComparison(check, recorded)
        ? judgeFailure(check, recorded, model, judging)
        : check;
    case 'pass':
      return judgePass(check, recorded, model, judging);
    case 'error':
    case 'skip':
      return check;
  }
}

/** Whether a failed check failed over the comparison in its evidence, and not over something else after some that held. */
function isOfComparison({ finding, staleWaiver }: CheckResult, { tolerance, told }: Recorded): boolean {
  if (finding === undefined || staleWaiver !== undefined) return false;
  return finding.outputs !== undefined || isWithin(told, tolerance) === false;
}

function judgeFailure(
  check: CheckResult,
  recorded: Recorded,
  model: ModelRun,
  { tolerance, folder }: Judging,
): CheckResult {
  const { finding } = check;
  if (finding === undefined) return check;
  const judged = judgeFinding(finding, recorded, tolerance, folder);
  switch (judged.kind) {
    case 'beyond':
      return withFinding(check, judged.finding);
    case 'unknown':
      return undecided(check, judged.why, model, tolerance);
    case 'within': {
      const why = `${finding.where}: the rows differ by ${numberText(judged.by)}, which is within ${toleranceInWords(tolerance)}. The run stopped at that case, after ${plural(check.cases, 'case')} in all; no other was tried.`;
      return undecided(check, why, model, tolerance);
    }
  }
}

function judgePass(
  check: CheckResult,
  recorded: Recorded | undefined,
  model: ModelRun,
  { tolerance }: Judging,
): CheckResult {
  if (check.comparisons === 'unrecorded')
    return undecided(
      check,
      'It compares outputs within a tolerance, and the run does not tell how far they lay apart.',
      model,
      tolerance,
    );
  if (recorded === undefined) return check;
  if (isTooWide(tolerance, recorded.told.scale))
    return undecided(
      check,
      'Within that much, other images look the same: nothing could be seen.',
      model,
      tolerance,
    );
  const most = farther(recorded.largest ?? recorded.told, recorded.told);
  const by = `outputs that differ by up to ${numberText(most.difference)}, where the largest value is ${numberText(most.scale)}`;
  switch (isWithin(most, tolerance)) {
    case false:
      return withFinding(
        { ...check, status: 'fail' },
        {
          where: 'outputs that ought to be equal',
          expected: `a difference of at most ${toleranceInWords(tolerance)} (--tolerance)`,
          actual: by,
        },
      );
    case 'unknown':
      return undecided(
        check,
        `It held for ${by}. Whether that is within ${toleranceInWords(tolerance)} depends on the values, which are not kept.`,
        model,
        tolerance,
      );
    case true:
      if (recorded.largest !== undefined) return check;
      return undecided(
        check,
        'The run was made by an older version, which did not keep the largest difference.',
        model,
        tolerance,
      );
  }
}

function withFinding(check: CheckResult, finding: Finding): CheckResult {
  const { where, expected, actual } = finding;
  const fingerprint = fingerprintOf({ id: check.id, finding });
  return {
    ...check,
    summary: `${where}: expected ${expected}, got ${actual}`,
    finding: { ...finding, ...(fingerprint === undefined ? {} : { fingerprint }) },
  };
}

/** With the command that finds out. */
function undecided(
  check: CheckResult,
  why: string,
  { spec }: ModelRun,
  tolerance: NewTolerance,
): CheckResult {
  const { absolute, relative } = tolerance;
  const keys = `absolute: ${absolute}${relative === 0 ? '' : `, relative: ${relative}`}`;
  const command = `assay check ${shellWord(spec)} --only ${shellWord(check.id)}`;
  const reason = `${why} To find out: \`${command}\`, with \`tolerance: { ${keys} }\` in the spec.`;
  const { finding: _finding, ...rest } = check;
  return { ...rest, status: 'error', summary: reason, reason };
}
