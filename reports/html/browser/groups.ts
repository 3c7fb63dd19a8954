import { byCause, type Cause } from '../../../harness/verdict/causes.js';
import { plural } from '../../../harness/verdict/plural.js';
import {
  noTally,
  type Outcome,
  outcomeLabels,
  outcomes,
  type Tally,
  tallyInWords,
} from '../../wording/outcome.js';
import type { PageCheck, PageRule } from '../payload.js';
import type { Order } from './choice.js';

/** Checks that stand together in a card, under a title where they have one. */
export type Group = {
  readonly title?: string;
  readonly checks: readonly PageCheck[];
  /** Open without being asked for. */
  readonly open: boolean;
  /** What its checks say is said by the title. */
  readonly told?: boolean;
};

export function groupsOf(checks: readonly PageCheck[], order: Order, rules: readonly PageRule[]): Group[] {
  return order === 'suite' ? bySuite(checks, rules) : byOutcome(checks);
}

/** Whether somebody should read it. */
export function isWorthALook({ outcome }: Pick<PageCheck, 'outcome'>): boolean {
  return outcome !== 'pass' && outcome !== 'skip';
}

export function tallyOf(checks: readonly PageCheck[]): Tally {
  const counts = { ...noTally };
  for (const check of checks) counts[check.outcome] += 1;
  return counts;
}

export function worstFirst(checks: readonly PageCheck[]): PageCheck[] {
  return [...checks].sort((one, other) => outcomes.indexOf(one.outcome) - outcomes.indexOf(other.outcome));
}

/** What is worth a look in the open, those that could not decide for one reason together; then passes and skips, folded. */
function byOutcome(checks: readonly PageCheck[]): Group[] {
  const of = (outcome: Outcome) => checks.filter((check) => check.outcome === outcome);
  const causes = byCause(of('error')).filter((cause) => cause.checks.length > 1);
  const together = new Set(causes.flatMap((cause) => cause.checks));
  const alone = worstFirst(checks.filter((check) => isWorthALook(check) && !together.has(check)));
  const folded = (['pass', 'skip'] as const).map((outcome) => ({
    title: `${of(outcome).length} ${outcomeLabels[outcome]}`,
    checks: of(outcome),
    open: outcome === 'pass' && !checks.some(isWorthALook),
  }));
  return [{ checks: alone, open: true }, ...causes.map(undecidedOf), ...folded].filter(
    (group) => group.checks.length > 0,
  );
}

function undecidedOf({ reason, checks }: Cause<PageCheck>): Group {
  const title = `${plural(checks.length, 'check')} could not decide: ${reason}`;
  return { title, checks, open: false, told: true };
}

function bySuite(checks: readonly PageCheck[], rules: readonly PageRule[]): Group[] {
  return suitesOf(checks, rules).map(({ suite, checks: all }) => ({
    title: `${suite}: ${tallyInWords(tallyOf(all))}`,
    checks: worstFirst(all),
    open: all.some(isWorthALook),
  }));
}

/** Suites in the order in which they begin. */
export function suitesOf(checks: readonly PageCheck[], rules: readonly PageRule[]) {
  const suiteOf = ({ rule }: PageCheck) => rules[rule]?.id.split('/')[0] ?? '';
  return [...new Set(checks.map(suiteOf))].map((suite) => ({
    suite,
    checks: checks.filter((check) => suiteOf(check) === suite),
  }));
}
