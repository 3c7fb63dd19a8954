import type { CheckResult, Finding } from '../../harness/verdict/run.js';
import { outcomeOf } from '../wording/outcome.js';
import { caseInWords } from '../wording/words.js';

export type TestCase = {
  /** Model and suite; viewers fold their tree at the last dot. */
  readonly className: string;
  readonly name: string;
  readonly durationMs: number;
  readonly result: TestResult;
};

export type TestResult =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failure' | 'error';
      readonly type: string;
      readonly message: string;
      readonly text: string;
    }
  | { readonly kind: 'skipped'; readonly message: string }
  | { readonly kind: 'warning'; readonly text: string };

export function caseOfCheck(model: string, check: CheckResult, strict: boolean): TestCase {
  const [suite = ''] = check.id.split('/');
  return {
    className: `${model}.${suite}`,
    name: check.id,
    durationMs: check.durationMs,
    result: resultOf(check, strict),
  };
}

/** A case that says why checks are missing: always an error. */
export function unrunCase(model: string, name: string, reason: string): TestCase {
  const [message = ''] = reason.split('\n');
  const result = { kind: 'error', type: 'could-not-find-out', message, text: reason } as const;
  return { className: `${model}.run`, name: `run/${name}`, durationMs: 0, result };
}

/** A case for what need not be done. */
export function skippedCase(model: string, name: string, why: string): TestCase {
  return { ...unrunCase(model, name, why), result: { kind: 'skipped', message: why } };
}

function resultOf(check: CheckResult, strict: boolean): TestResult {
  switch (outcomeOf(check, strict)) {
    case 'pass':
      return { kind: 'passed' };
    case 'stale':
      return { kind: 'failure', type: 'stale-waiver', message: inALine(check), text: inFull(check) };
    case 'fail':
      return { kind: 'failure', type: check.level, message: inALine(check), text: inFull(check) };
    case 'error':
      return { kind: 'error', type: 'could-not-find-out', message: why(check), text: inFull(check) };
    case 'waived':
      return { kind: 'skipped', message: `waived: ${why(check)}` };
    case 'skip':
      return { kind: 'skipped', message: why(check) };
    case 'warning':
      return { kind: 'warning', text: `Warning: ${inFull(check)}` };
  }
}

function why(check: CheckResult): string {
  return check.reason ?? check.summary;
}

function inALine({ finding, summary }: CheckResult): string {
  return finding ? `${finding.where}: expected ${finding.expected}, actual ${finding.actual}` : summary;
}

function inFull(check: CheckResult): string {
  const finding = check.finding ? findingLines(check.finding) : [];
  const reason = check.reason === undefined ? [] : [check.reason];
  return [check.demands, check.summary, ...reason, ...finding].filter((line) => line !== '').join('\n');
}

function findingLines(finding: Finding): string[] {
  const shownBy = caseInWords(finding);
  return [
    `where:    ${finding.where}`,
    `expected: ${finding.expected}`,
    `actual:   ${finding.actual}`,
    ...(shownBy ? [`shown by: ${shownBy}`] : []),
    ...(finding.remedy ? [`remedy:   ${finding.remedy}`] : []),
    ...(finding.replay ? [`replay:   ${finding.replay}`] : []),
  ];
}
