import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { specOfModel, specOfTwin } from '../material.js';
import { conformingModels, inProject, twins } from '../project.js';
import { whole } from '../whole.js';
import { curves, marks } from './curves.js';
import { powerRow, type Row } from './row.js';
import { trialsOf } from './run.js';
import { powerTables } from './table.js';

type Options = { readonly seeds: number; readonly models?: readonly string[]; readonly out: string };

type Candidate = { readonly name: string; readonly spec: string; readonly fault?: string };

/** Fewest runs on each model for the page in docs/. */
const fullTable = 200;

/** Models at work at a time; each has a process of its own. */
const atOnce = 2;

await new Command('dropout:power')
  .description(
    'Runs the statistics of dropout/outputs-kept on each model many times: what is found, after how many calls, and false alarms.',
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .option('--seeds <number>', 'how many runs on each model', whole, 260)
  .option('--models <parts...>', 'only models whose name contains one of these')
  .option('--out <folder>', 'where dropout-power.json is written', 'assay-report')
  .action(async (options: Options) => {
    process.exitCode = await main(options);
  })
  .parseAsync();

/** Returns 0 when there was no false alarm, 1 when there was one, 2 when no model has such a name. */
async function main(options: Options): Promise<number> {
  const wanted = candidates(options.models ?? []);
  if (wanted.length === 0) {
    process.stderr.write('No model has such a name.\n');
    return 2;
  }
  const rows = await allRows(wanted, options.seeds);
  await mkdir(options.out, { recursive: true });
  await writeFile(path.join(options.out, 'dropout-power.json'), JSON.stringify(rows, null, 2));
  if (options.models === undefined && options.seeds >= fullTable) {
    await renewPage(rows);
    await writeFile(path.join(options.out, 'dropout-figures.json'), JSON.stringify(await figures()));
  }
  process.stdout.write(`${powerTables(rows)}\n`);
  return rows.some(({ fault, dropped }) => fault === undefined && dropped > 0) ? 1 : 0;
}

/** Conforming models, and those that drop their outputs. */
function candidates(parts: readonly string[]): Candidate[] {
  const broken = twins()
    .filter(({ check, also = {} }) => [check, ...Object.keys(also)].some((id) => id.startsWith('dropout/')))
    .map((twin) => ({ name: twin.twin, spec: specOfTwin(twin), fault: twin.fault }));
  const sound = conformingModels().map((name) => ({ name, spec: specOfModel(name) }));
  return [...broken, ...sound].filter(
    ({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)),
  );
}

async function allRows(wanted: readonly Candidate[], seeds: number): Promise<Row[]> {
  const rows = new Map<Candidate, Row>();
  const queue = wanted.values();
  const work = async () => {
    for (const candidate of queue) {
      const { name, spec, fault } = candidate;
      const trials = await trialsOf(
        spec,
        Array.from({ length: seeds }, (_, index) => index + 1),
      );
      rows.set(candidate, powerRow(name, fault, trials));
      process.stderr.write(`[${rows.size}/${wanted.length}] ${name}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return wanted.flatMap((candidate) => rows.get(candidate) ?? []);
}

/** What proof/dropout/plots.py draws. */
async function figures() {
  const models = [
    ['dropout-outputs-005', specOfTwin({ twin: 'dropout-outputs-005' })],
    ['dropout-then-relu', specOfTwin({ twin: 'dropout-then-relu' })],
    ['inner-dropout-relu', specOfModel('inner-dropout-relu')],
    ['one-unit-per-feature', specOfModel('one-unit-per-feature')],
  ] as const;
  const entries = models.map(async ([name, spec]) => [name, await marks(spec)] as const);
  return { curves: await curves(fullTable), marks: Object.fromEntries(await Promise.all(entries)) };
}

async function renewPage(rows: readonly Row[]): Promise<void> {
  const file = inProject('docs', 'dropout.md');
  const page = await readFile(file, 'utf8');
  const text = `<!-- power -->\n${powerTables(rows)}\n<!-- /power -->`;
  await writeFile(
    file,
    page.replace(/<!-- power -->.*<!-- \/power -->/s, () => text),
  );
}
