import { plural } from '../harness/verdict/plural.js';
import { inline } from '../reports/markdown/escape.js';
import { conforming } from './conforming.js';
import { defectsIn } from './defects.js';
import { exportOf } from './material.js';
import type { Tallies } from './tally.js';

/** The page on conforming models that are too large to keep. The same tallies give the same bytes. */
export function largePage(tallies: Tallies, tensorflow: string): string {
  const { seeds, models } = tallies;
  const defects = defectsIn(tallies, []);
  const all = `${plural(models.length, 'model')} at ${plural(seeds.length, 'seed')}`;
  const blocks = [
    '# The proof, for large models',
    '<!-- Written by npm run proof. -->',
    'Published networks in their full size, with random weights: too large to keep with the project, and written when asked for. Every check was run on each.',
    defects.length === 0 ? `✅ **${all}: no false alarm.**` : `❌ **${all}: it does not hold.**`,
    ...(defects.length === 0 ? [] : [defects.map((defect) => `- ${inline(defect)}`).join('\n')]),
    ...conforming(tallies),
    '## Reproduce it',
    [
      ...models.map(({ model }) => `    ${exportOf(model)}`),
      `    npm run proof -- --large --seeds ${seeds.length}`,
    ].join('\n'),
    `This page: TensorFlow ${tensorflow}, seeds ${seeds[0]} to ${seeds.at(-1)}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
