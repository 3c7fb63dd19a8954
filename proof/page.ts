import { inline, tableRow } from '../reports/markdown/escape.js';
import { caseInWords, plural } from '../reports/words.js';
import { rateBelow } from './bound.js';
import { defectsIn } from './defects.js';
import type { Tallies, TwinTally } from './judge.js';

/** The proof as a page of Markdown: the verdict first. The same tallies give the same bytes. */
export function page(tallies: Tallies, rules: readonly string[], tensorflow: string): string {
  const blocks = [
    '# The proof',
    `<!-- Written by npm run proof. -->`,
    'Does each check catch what it is there for, and leave sound models alone? Every check was run on every conforming model and on every broken one.',
    ...verdict(tallies, rules),
    ...rates(tallies),
    ...broken(tallies),
    ...conforming(tallies),
    ...origins(tallies, tensorflow),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function verdict(tallies: Tallies, rules: readonly string[]): string[] {
  const { seeds, models, twins } = tallies;
  const defects = defectsIn(tallies, rules);
  if (defects.length > 0)
    return [
      `❌ **It does not hold: ${plural(defects.length, 'defect')}.**`,
      defects.map((defect) => `- ${inline(defect)}`).join('\n'),
    ];
  const escapes = sum(twins.map((twin) => twin.escapes.length));
  const caught = escapes === 0 ? 'every time' : `but for ${plural(escapes, 'run')} in all`;
  return [
    `✅ **It holds.** With ${plural(seeds.length, 'seed')}, no false alarm on any of ${models.length} conforming models. Each of ${twins.length} broken models was caught by the check that it is named for, ${caught}. Each of ${rules.length} rules has at least one broken model that shows it.`,
  ];
}

function rates({ models, twins }: Tallies): string[] {
  const seen = (kind: TwinTally['kind']) => twins.filter((twin) => twin.kind === kind);
  const escapes = (kind: TwinTally['kind']) => sum(seen(kind).map((twin) => twin.escapes.length));
  const runs = (kind: TwinTally['kind']) => sum(seen(kind).map((twin) => twin.runs));
  const alarmed = sum(models.map(({ alarms }) => new Set(alarms.map(({ seed }) => seed)).size));
  const modelRuns = sum(models.map((model) => model.runs));
  const [drawn, drawnRuns] = [escapes('property'), runs('property')];
  const each = Math.max(...twins.map((twin) => twin.runs), 0);
  return [
    '## What follows',
    table(
      ['', 'models', 'runs', 'went wrong', 'so the rate is below'],
      ['---', '---:', '---:', '---:', '---:'],
      [
        row(
          'false alarms on conforming models',
          models.length,
          modelRuns,
          alarmed,
          percent(alarmed, modelRuns),
        ),
        row(
          'escapes from random cases',
          seen('property').length,
          drawnRuns,
          drawn,
          percent(drawn, drawnRuns),
        ),
        row(
          'escapes from measurements',
          seen('measurement').length,
          runs('measurement'),
          escapes('measurement'),
          '',
        ),
        row(
          'escapes from what is read off the files',
          seen('reading').length,
          runs('reading'),
          escapes('reading'),
          '',
        ),
      ],
    ),
    `The rate is the highest that is not excluded at 95 % (Clopper and Pearson): at a higher one, so little would go wrong in less than 1 of 20 proofs like this. It is about these models together; for a single one, ${plural(each, 'run')} without an escape leave up to ${percent(0, each)}. Measurements choose their calls themselves: they are repeated because models and machines draw at random, but no rate follows for them. Files read the same whatever the seed, so these run once.`,
  ];
}

function row(what: string, models: number, runs: number, wrong: number, rate: string): string[] {
  return [what, `${models}`, `${runs}`, `${wrong}`, rate];
}

/** A table for each suite: which broken model its checks caught, and how. */
function broken({ twins }: Tallies): string[] {
  const sorted = [...twins].sort(
    (one, other) => compare(one.check, other.check) || compare(one.twin, other.twin),
  );
  const suites = [...new Set(sorted.map(suiteOf))];
  return [
    '## Broken models',
    'Each has one fault, which [the list of checks](checks.md) tells. The smallest case is that of the first seed.',
    ...suites.flatMap((suite) => [
      `### ${suite}`,
      table(
        ['check', 'broken model', 'caught', 'after', 'smallest case, or where', 'fails with it'],
        ['---', '---', '---:', '---:', '---', '---'],
        sorted.filter((twin) => suiteOf(twin) === suite).map(twinRow),
      ),
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

function conforming({ models }: Tallies): string[] {
  const rows = models.map(({ model, runs, passed, alarms }) => [
    model,
    `${runs}`,
    `${passed}`,
    `${alarms.length}`,
  ]);
  return [
    '## Conforming models',
    table(['model', 'runs', 'checks that apply', 'false alarms'], ['---', '---:', '---:', '---:'], rows),
  ];
}

function origins({ seeds }: Tallies, tensorflow: string): string[] {
  return [
    '## Again, the same',
    '    npm run proof',
    `This page: TensorFlow ${tensorflow}, seeds ${seeds[0]} to ${seeds.at(-1)}. At the first seed every check runs on every model; at the others broken models get their own check, those that fail with it, and all that read files.`,
  ];
}

function suiteOf({ check }: TwinTally): string {
  return check.split('/')[0] ?? check;
}

function table(
  head: readonly string[],
  rule: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [tableRow(head), `| ${rule.join(' | ')} |`, ...rows.map(tableRow)].join('\n');
}

/** The highest rate that is not excluded, for example "0.79 %". */
function percent(seen: number, runs: number): string {
  return `${Number((100 * rateBelow(seen, runs)).toPrecision(2))} %`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
