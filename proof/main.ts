import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { progressDisplay } from '../cli/preparation-progress.js';
import { stopOnSignals } from '../cli/stop-on-signals.js';
import { ensureRuntime, RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import type { Runtime } from '../harness/engine/runtime/runtime-found.js';
import { checks } from '../suites/all.js';
import { defectsIn } from './defects.js';
import { KeptSeeds } from './kept-seeds.js';
import { largePage } from './large-page.js';
import { largeNamed, type Material, materialNamed, planFor } from './material.js';
import { page } from './page.js';
import { proofProgress } from './progress.js';
import { inProject } from './project.js';
import { prove } from './prove.js';
import { type Tallies, tallyOf } from './tally.js';
import { whole } from './whole.js';

type Options = {
  readonly seeds: number;
  readonly firstSeed: number;
  readonly twinSeeds: number;
  readonly models?: readonly string[];
  readonly large?: boolean;
  readonly resume?: boolean;
  readonly out: string;
};

/** Fewest seeds for the page in docs/. */
const fullProof = 20;

/** For large models, which take minutes each. */
const fullLarge = 5;

/** And for broken models, of which there are more. */
const fullTwins = 5;

const rules = checks.map(({ id }) => id).sort();

const { stderr } = process;

await new Command('proof')
  .description('Runs every check on every conforming model and every broken one, and says what was caught.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .option('--seeds <number>', 'how many seeds', whole, fullProof)
  .option('--first-seed <number>', 'the first of them; the others follow it', whole, 1)
  .option('--twin-seeds <number>', 'at how many of them broken models are run', whole, fullTwins)
  .option('--models <parts...>', 'only models whose name contains one of these')
  .option(
    '--large',
    'the models that are too large to keep, as far as export.py --on-demand has written them',
  )
  .option(
    '--resume',
    'keeps each seed in the folder of --out, and goes on where a run of the same build and models ended',
  )
  .option('--out <folder>', 'where proof.json and proof.md are written', 'assay-report')
  .action(async (options: Options) => {
    process.exitCode = await main(options);
  })
  .parseAsync();

/** Returns 0 when the proof holds, 1 when it has defects, 2 when it could not be made. */
async function main(options: Options): Promise<number> {
  const material = (options.large ? largeNamed : materialNamed)(options.models ?? []);
  if (material.models.length + material.twins.length === 0) return refused('No model has such a name.');
  const stop = stopOnSignals();
  try {
    const runtime = await prepared(stop.signal);
    const tallies = await proof(material, options, runtime, stop.signal);
    if (stop.signal.aborted)
      return refused(
        options.resume ? 'Interrupted; the same command goes on.' : 'Interrupted; nothing was written.',
      );
    return await report(tallies, options, runtime);
  } catch (error) {
    if (error instanceof RuntimeUnavailable) return refused(error.message);
    throw error;
  } finally {
    stop.end();
  }
}

async function proof(
  material: Material,
  { seeds, firstSeed, twinSeeds, resume, out }: Options,
  { addon, tensorflow }: Runtime,
  signal: AbortSignal,
): Promise<Tallies> {
  const all = Array.from({ length: seeds }, (_, index) => firstSeed + index);
  const total = all.reduce((sum, _, index) => sum + planFor(material, index, twinSeeds).size, 0);
  const progress = proofProgress(stderr, seeds, total);
  const runs = await prove(material, all, {
    addon: async () => addon,
    signal,
    twinSeeds,
    ...(resume ? { kept: new KeptSeeds(out, tensorflow) } : {}),
    onProgress: ({ kind }) => (kind === 'spec-ended' ? progress.specEnded() : undefined),
    onSeed: progress.seedEnded,
  });
  progress.end();
  return tallyOf(material, runs);
}

/** The page of the documentation is only replaced by a full proof. */
async function report(tallies: Tallies, options: Options, { tensorflow }: Runtime): Promise<number> {
  const part = options.models !== undefined || options.large;
  const wanted = part ? rules.filter((rule) => tallies.twins.some(({ check }) => check === rule)) : rules;
  const defects = defectsIn(tallies, wanted);
  const full = options.large
    ? options.seeds >= fullLarge
    : options.seeds >= fullProof && options.twinSeeds >= fullTwins;
  const name = options.large ? 'proof-large.md' : 'proof.md';
  const file = full && !options.models ? inProject('docs', name) : path.join(options.out, name);
  await mkdir(options.out, { recursive: true });
  await writeFile(
    path.join(options.out, 'proof.json'),
    JSON.stringify({ tensorflow, defects, ...tallies }, null, 2),
  );
  await writeFile(file, options.large ? largePage(tallies, tensorflow) : page(tallies, wanted, tensorflow));
  for (const defect of defects) process.stdout.write(`✗ ${defect}\n`);
  process.stdout.write(
    `${defects.length === 0 ? '✓ The proof holds' : '✗ The proof does not hold'}; see ${file}\n`,
  );
  return defects.length === 0 ? 0 : 1;
}

async function prepared(signal: AbortSignal): Promise<Runtime> {
  const display = progressDisplay(stderr);
  try {
    return await ensureRuntime({ onProgress: display.show, signal });
  } finally {
    display.end();
  }
}

function refused(why: string): number {
  stderr.write(`${why}\n`);
  return 2;
}
