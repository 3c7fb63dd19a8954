import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { ensureRuntime } from '../../harness/engine/runtime/runtime.js';
import type { Answer } from '../../harness/verdict/comparison.js';
import { type Material, materialNamed, specOfModel, specOfTwin } from '../material.js';
import { inProject, type Twin } from '../project.js';
import { contractAt } from '../running.js';
import { whole } from '../whole.js';
import { page } from './page.js';
import { withItself, withTwin } from './pairs.js';
import { isWrong, type Row, rowsIn, wrongInWords } from './rows.js';
import { soundFor } from './sound-for.js';

type Options = {
  readonly seeds: number;
  readonly models?: readonly string[];
  readonly out: string;
};

/** Fewest seeds for the page in docs/. */
const fullProof = 20;

/** Few enough for a sentence in a table. */
const maxWhy = 200;

await new Command('replacements')
  .description(
    'Compares each conforming model with itself, which must be identical, and each broken twin with a conforming model, which must not be. What is in the file already is not done again.',
  )
  .option('--seeds <number>', 'how many, for models compared with themselves', whole, fullProof)
  .option('--models <parts...>', 'only models and twins whose name contains one of these')
  .option('--out <file>', 'a line of JSON for each comparison', 'assay-report/replacements.jsonl')
  .action(main)
  .parseAsync();

async function main({ seeds, models: parts = [], out }: Options): Promise<void> {
  await mkdir(path.dirname(out), { recursive: true });
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
  await tell(done, seeds, material);
}

/** The page of the documentation is only replaced by a whole proof. */
async function tell(rows: readonly Row[], seeds: number, { models, twins }: Material): Promise<void> {
  const wrong = rows.filter(isWrong);
  for (const row of wrong) process.stderr.write(`✗ ${wrongInWords(row)}\n`);
  process.stderr.write(`${rows.length} comparisons, ${wrong.length} wrong\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
  const all = materialNamed([]);
  if (seeds < fullProof || models.length < all.models.length || twins.length < all.twins.length) return;
  const { tensorflow } = await ensureRuntime();
  await writeFile(inProject('docs', 'replacements.md'), page(rows, seeds, tensorflow));
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
