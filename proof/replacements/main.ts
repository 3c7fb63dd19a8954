import { appendFile, readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { Answer } from '../../harness/verdict/comparison.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { materialNamed, specOfModel, specOfTwin } from '../material.js';
import type { Twin } from '../project.js';
import { contractAt } from '../running.js';
import { whole } from '../whole.js';
import { withItself, withTwin } from './pairs.js';
import { soundFor } from './sound-for.js';

type Options = {
  readonly seeds: number;
  readonly models?: readonly string[];
  readonly out: string;
};

/** What came of one comparison; `twin`: left out for a model that was compared with itself. */
type Row = {
  readonly model: string;
  readonly twin?: string;
  readonly seed: number;
  readonly answer: Answer;
  readonly why: string;
  /** The sound model breaks the twin's promise, too, as where only the spec is at fault: nothing is lost with the twin. */
  readonly nothingLost?: true;
};

/** Few enough for a sentence in a table. */
const maxWhy = 200;

await new Command('replacements')
  .description(
    'Compares each conforming model with itself, which must be identical, and each broken twin with a conforming model, which must not be. What is in the file already is not done again.',
  )
  .option('--seeds <number>', 'how many, for models compared with themselves', whole, 20)
  .option('--models <parts...>', 'only models and twins whose name contains one of these')
  .option('--out <file>', 'a line of JSON for each comparison', 'assay-report/replacements.jsonl')
  .action(main)
  .parseAsync();

async function main({ seeds, models: parts = [], out }: Options): Promise<void> {
  const done = await rowsIn(out);
  const material = materialNamed(parts);
  const keep = async (row: Row) => {
    done.push(row);
    await appendFile(out, `${JSON.stringify(row)}\n`);
  };
  for (const twin of material.twins)
    if (!done.some((row) => row.twin === twin.twin)) await keep(await twinRow(twin));
  for (const model of material.models) {
    const left = seedsTo(seeds).filter(
      (seed) => !done.some((row) => row.model === model && !row.twin && row.seed === seed),
    );
    if (left.length === 0) continue;
    for await (const { seed, ...found } of withItself(specOfModel(model), left))
      await keep({ model, seed, ...told(found) });
  }
  const wrong = done.filter(isWrong);
  for (const row of wrong)
    process.stderr.write(`✗ ${row.twin ?? row.model}, seed ${row.seed}: ${row.answer}: ${row.why}\n`);
  const spared = done.filter(({ nothingLost }) => nothingLost).length;
  process.stderr.write(
    `${done.length} comparisons, ${wrong.length} wrong; in ${spared}, the sound model lacks the promise, too\n`,
  );
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

function isWrong({ twin, answer, nothingLost }: Row): boolean {
  if (twin === undefined) return answer !== 'identical';
  return nothingLost === undefined && (answer === 'identical' || answer === 'drop-in');
}

async function twinRow({ twin, check }: Twin): Promise<Row> {
  const model = await soundFor(await contractAt(specOfTwin({ twin })));
  const { keeps, ...found } = await withTwin(specOfModel(model), specOfTwin({ twin }), 1);
  return { model, twin, seed: 1, ...told(found), ...(keeps.includes(check) ? {} : { nothingLost: true }) };
}

function told({
  answer,
  because,
  undecided,
}: {
  answer: Answer;
  because: readonly string[];
  undecided: readonly string[];
}) {
  return { answer, why: [...because, ...undecided].join(' ').slice(0, maxWhy) };
}

function seedsTo(last: number): number[] {
  return Array.from({ length: last }, (_, at) => at + 1);
}

async function rowsIn(file: string): Promise<Row[]> {
  const text = (await readFile(file, 'utf8').catch(unlessSystemError)) ?? '';
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
}
