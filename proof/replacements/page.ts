import { plural } from '../../harness/verdict/plural.js';
import { inline } from '../../reports/markdown/escape.js';
import { table } from '../../reports/markdown/table.js';
import { isWrong, type Row, wrongInWords } from './rows.js';

/** What all comparisons showed, as a page of Markdown: the verdict first. The same rows give the same bytes. */
export function page(rows: readonly Row[], seeds: number, tensorflow: string): string {
  const wrong = rows.filter(isWrong);
  const twins = rows.filter(({ twin }) => twin !== undefined);
  const spared = twins.filter(({ nothingLost }) => nothingLost);
  const blocks = [
    '# The proof, for comparisons',
    '<!-- Written by npm run proof:replacements. -->',
    'Is a model its own replacement, and a broken one none? [`assay compare`](audit.md) was asked both.',
    ...(wrong.length === 0
      ? [holds(rows, seeds)]
      : [`❌ **It does not hold: ${plural(wrong.length, 'wrong answer')}.**`, list(wrong.map(wrongInWords))]),
    '## What a broken model was called',
    'Each was offered in the place of a sound one that has most in common with it, and both were held to its spec.',
    table(['Answer', '#Broken models'], counted(twins)),
    ...(spared.length === 0 ? [] : ['## Where nothing is lost', sparedText, list(spared.map(pairInWords))]),
    '## Reproduce it',
    `    npm run proof:replacements -- --seeds ${seeds}`,
    `This page: TensorFlow ${tensorflow}, seeds 1 to ${seeds}; broken models at seed 1.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const sparedText =
  'The sound model breaks the promise that the broken one is named for, too, as where only the spec is at fault. Any answer is right there.';

function holds(rows: readonly Row[], seeds: number): string {
  const models = new Set(rows.filter(({ twin }) => twin === undefined).map(({ model }) => model));
  const twins = rows.filter(({ twin }) => twin !== undefined);
  return [
    '✅ **It holds.**',
    '',
    `- ${plural(models.size, 'conforming model')}, compared with itself at ${plural(seeds, 'seed')}: identical, every time.`,
    `- ${plural(twins.length, 'broken model')} in the place of a sound one: never identical and never a drop-in replacement.`,
  ].join('\n');
}

function counted(twins: readonly Row[]): (readonly [string, number])[] {
  const answers = [...new Set(twins.map(({ answer }) => answer))].sort();
  return answers.map((answer) => [answer, twins.filter((row) => row.answer === answer).length] as const);
}

function pairInWords({ twin, model, answer }: Row): string {
  return `${twin} in the place of ${model}: ${answer}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${inline(line)}`).join('\n');
}
