import { plural } from '../harness/verdict/plural.js';
import { table } from '../reports/markdown/table.js';
import { caseInWords } from '../reports/wording/words.js';
import type { TwinTally } from './tally.js';

const head = ['check', 'broken model', '#caught', '#after', 'smallest case, or where', 'fails with it'];

/** A table for each suite: which broken model its checks caught, after how much, and by which batch. */
export function twinTables(twins: readonly TwinTally[]): string[] {
  const sorted = [...twins].sort(
    (one, other) => compare(one.check, other.check) || compare(one.twin, other.twin),
  );
  const suites = [...new Set(sorted.map(suiteOf))];
  return [
    '## Broken models',
    'Each has one fault, described in [the list of checks](checks.md). The smallest case is that of the first seed.',
    ...suites.flatMap((suite) => [
      `### ${suite}`,
      table(head, sorted.filter((twin) => suiteOf(twin) === suite).map(twinRow)),
    ]),
  ];
}

function twinRow(twin: TwinTally): string[] {
  const { finding, runs, escapes, alongside } = twin;
  const shownBy = finding ? caseInWords(finding) || finding.where : '';
  const name = twin.check.slice(suiteOf(twin).length + 1);
  return [name, twin.twin, `${runs - escapes.length} of ${runs}`, after(twin), shownBy, alongside.join(', ')];
}

/** How much it took to catch a twin, over all seeds. */
function after({ kind, cases }: TwinTally): string {
  if (kind === 'reading') return 'reading';
  if (cases.length === 0) return 'measuring';
  const [least, most] = [Math.min(...cases), Math.max(...cases)];
  return least === most ? plural(least, 'case') : `${least} to ${most} cases`;
}

function suiteOf({ check }: TwinTally): string {
  return check.split('/')[0] ?? check;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
