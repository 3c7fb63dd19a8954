import { type Check, type Conclusion, levelOf } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { CheckResult } from '../verdict/run.js';

/** What reports say of a check; `spent`: calls and milliseconds. */
export function resultOf(
  check: Check,
  contract: Contract,
  conclusion: Conclusion,
  spent: { calls: number; durationMs: number },
): CheckResult {
  const { status } = conclusion;
  const base = {
    id: check.id,
    level: levelOf(check, contract),
    status,
    demands: check.demands,
    calls: spent.calls,
    durationMs: Math.round(spent.durationMs),
  };
  if (conclusion.status === 'skip') {
    const { reason, answeredBy, decidedBy } = conclusion;
    const named = { ...(answeredBy ? { answeredBy } : {}), ...(decidedBy ? { decidedBy } : {}) };
    return { ...base, summary: reason, reason, cases: 0, ...named };
  }
  const evidence = {
    ...(conclusion.evidence ? { evidence: conclusion.evidence } : {}),
    ...(check.comparisons && status !== 'error' ? { comparisons: check.comparisons } : {}),
  };
  const cases = conclusion.cases ?? 0;
  if (conclusion.status === 'error')
    return { ...base, summary: conclusion.reason, reason: conclusion.reason, cases, ...evidence };
  const warnings = conclusion.warnings?.length ? { warnings: conclusion.warnings } : {};
  if (conclusion.status === 'pass') {
    const summary = [conclusion.summary, ...(conclusion.warnings ?? [])].join('; ');
    return { ...base, summary, cases, ...warnings, ...evidence };
  }
  const { where, expected, actual } = conclusion.finding;
  return {
    ...base,
    summary: `${where}: expected ${expected}, got ${actual}`,
    cases,
    finding: conclusion.finding,
    ...warnings,
    ...evidence,
  };
}
