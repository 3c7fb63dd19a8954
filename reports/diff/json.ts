import type { RunDiff } from '../../harness/verdict/diff/diff-runs.js';
import { fingerprintOf } from '../../harness/verdict/fingerprint.js';
import type { CheckResult } from '../../harness/verdict/run.js';
import { lineOf } from './wording.js';

/** The differences of two runs as JSON: each check whose result changed, or that fails. */
export function diffJson({ models }: RunDiff): string {
  const compared = models.map(({ name, before, after, causes, unknown, changes }) => ({
    name,
    verdict: { before: before?.verdict ?? null, after: after?.verdict ?? null },
    differs: causes,
    notTold: unknown,
    changes: changes
      .filter(({ change }) => change !== 'same')
      .map((one) => ({ id: one.id, change: one.change, found: lineOf(one), ...sides(one) })),
  }));
  return `${JSON.stringify({ format: 1, models: compared }, null, 2)}\n`;
}

function sides({ before, after }: { readonly before?: CheckResult; readonly after?: CheckResult }) {
  const of = (check: CheckResult | undefined) =>
    check ? { status: check.status, fingerprint: fingerprintOf(check) ?? null } : null;
  return { before: of(before), after: of(after) };
}
