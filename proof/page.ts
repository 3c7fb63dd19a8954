import { plural } from '../harness/verdict/plural.js';
import { inline } from '../reports/markdown/escape.js';
import { conforming } from './conforming.js';
import { defectsIn } from './defects.js';
import { families } from './families.js';
import { rates } from './rates.js';
import type { Tallies } from './tally.js';
import { twinTables } from './twin-tables.js';

/** The proof as a page of Markdown: the verdict first. The same tallies give the same bytes. */
export function page(tallies: Tallies, rules: readonly string[], tensorflow: string): string {
  const blocks = [
    '# The proof',
    '<!-- Written by npm run proof. -->',
    'Does each check catch the faults that it is for, and pass sound models? Every check was run on every conforming model and on every broken one.',
    ...verdict(tallies, rules),
    ...rates(tallies),
    ...families(tallies.twins),
    ...twinTables(tallies.twins),
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
  const escapes = twins.reduce((total, twin) => total + twin.escapes.length, 0);
  const caught = escapes === 0 ? 'every time' : `but for ${plural(escapes, 'run')} in all`;
  return [
    `✅ **It holds.** Over ${plural(seeds.length, 'seed')}:`,
    [
      `- ${plural(models.length, 'conforming model')}: no false alarm.`,
      `- ${plural(twins.length, 'broken model')} at ${plural(seedsOf(twins), 'seed')}: each caught by the check that it is named for, ${caught}.`,
      `- ${plural(rules.length, 'check')}: each with at least one broken model that shows what it catches.`,
    ].join('\n'),
  ];
}

/** Seeds at which broken models were run. */
function seedsOf(twins: Tallies['twins']): number {
  return Math.max(...twins.map(({ runs }) => runs));
}

function origins({ seeds, twins }: Tallies, tensorflow: string): string[] {
  return [
    '## Reproduce it',
    `    npm run proof -- --seeds ${seeds.length} --twin-seeds ${seedsOf(twins)}`,
    `This page: TensorFlow ${tensorflow}, seeds ${seeds[0]} to ${seeds.at(-1)}. At the first seed every check runs on every model; at the others broken models get their own check, those that may fail with it, and all that read files.`,
  ];
}
