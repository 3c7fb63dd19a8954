import { numberText } from '../../check/compare.js';
import { plural } from '../../verdict/plural.js';
import type { CheckResult, Finding } from '../../verdict/run.js';
import { judgeFinding } from './judge-finding.js';
import { judgePass } from './judge-pass.js';
import { type Judging, undecided, withFinding } from './judging.js';
import { type Recorded, recordedIn } from './recorded.js';
import { isWithin, toleranceInWords } from './within.js';

/**
 * Judges a stored check again by another tolerance, where it was judged by one; any other stays as it was. A failure
 * that lies within is no pass, since the run stopped there. @throws Contradiction
 */
export function judgeCheck(check: CheckResult, judging: Judging): CheckResult {
  const recorded = recordedIn(check);
  switch (check.status) {
    case 'fail':
    case 'waived':
      return judgeFailure(check, recorded, judging);
    case 'pass':
      return judgePass(check, recorded, judging);
    case 'error':
    case 'skip':
      return check;
  }
}

function judgeFailure(check: CheckResult, recorded: Recorded | undefined, judging: Judging): CheckResult {
  const { finding, staleWaiver, cases } = check;
  if (!finding || !recorded || staleWaiver || !isOfComparison(finding, recorded)) return check;
  const { tolerance, folder } = judging;
  const judged = judgeFinding(finding, recorded, tolerance, folder);
  switch (judged.kind) {
    case 'beyond':
      return withFinding(check, judged.finding);
    case 'unknown':
      return undecided(check, judged.why, judging);
    case 'within': {
      const by = `${finding.where}: the rows differ by ${numberText(judged.by)}, which is within ${toleranceInWords(tolerance)}.`;
      const left = `The run stopped at that case, after ${plural(cases, 'case')} in all; no other was tried.`;
      return undecided(check, `${by} ${left}`, judging);
    }
  }
}

/** Whether a check failed over the comparison in its evidence, and not over something else after some that held. */
function isOfComparison({ outputs }: Finding, { tolerance, told }: Recorded): boolean {
  return outputs !== undefined || isWithin(told, tolerance) === false;
}
