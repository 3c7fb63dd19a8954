import type { CheckResult, Run, Verdict } from './run.js';

/** The verdict of a model from the results of its checks; `unknown` without any. */
export function verdictOf(checks: readonly CheckResult[], strict: boolean): Verdict {
  if (checks.some((check) => failsRun(check, strict))) return 'does-not-conform';
  const concluded = checks.some(
    ({ status }) => status === 'pass' || status === 'waived' || status === 'fail',
  );
  const unknown = checks.some(({ status }) => status === 'error');
  return concluded && !unknown ? 'conforms' : 'unknown';
}

/** Whether a check alone makes a model not conform. */
export function failsRun(check: CheckResult, strict: boolean): boolean {
  if (strict && check.warnings !== undefined && check.warnings.length > 0) return true;
  return check.status === 'fail' && (strict || check.level === 'must');
}

/** The worst of several verdicts; of none, `unknown`. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('does-not-conform')) return 'does-not-conform';
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'conforms';
}

/** Process exit code of a run. An interrupted one is 1 if a promise is already broken, else 2. */
export function exitCodeOfRun({ verdict, interrupted }: Pick<Run, 'verdict' | 'interrupted'>): 0 | 1 | 2 {
  return interrupted && verdict === 'conforms' ? 2 : exitCodeOf(verdict);
}

/** A part to which no spec falls, as where there are more shards than specs: it has done all that it had to do. */
export function isEmptyPart({ interrupted, selection, models }: Run): boolean {
  return selection?.shard !== undefined && !interrupted && models.length === 0;
}

/** Process exit code: 0 conforms, 1 does not, 2 could not decide. */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 {
  switch (verdict) {
    case 'conforms':
      return 0;
    case 'does-not-conform':
      return 1;
    case 'unknown':
      return 2;
  }
}
