import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { stopOnSignals } from '../cli/stop-on-signals.js';
import { ensureRuntime, RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { whole } from '../proof/whole.js';
import { inputAt } from './generate.js';
import { keep, kept } from './kept.js';
import { idOf, type Kind } from './kind.js';
import { allKinds } from './kinds/all.js';
import { isForbidden } from './outcome.js';
import { page } from './page.js';
import { type Compared, comparedModels, compareWithPython, hasTensorflow } from './python.js';
import { makeSandbox } from './sandbox.js';
import { observed, type Plan, smallest, type Tally, torture } from './torture.js';
import { WorkerHost } from './worker-host.js';

type Options = {
  readonly inputs: number;
  readonly seed: number;
  readonly short?: true;
  readonly only?: readonly string[];
  readonly repeat?: string;
  readonly workers: number;
  readonly python?: string;
  readonly pythonInputs: number;
  readonly out: string;
};

/** Fewest inputs for the page in docs/. */
const full = 100_000;
const short = 4000;

await new Command('torture')
  .description('Gives damaged files to every reader of assay, and says what became of them.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .option('--inputs <number>', 'how many inputs, of all kinds together', whole, full)
  .option('--seed <number>', 'the same inputs again', whole, 1)
  .option('--short', `${short} inputs, for every commit`)
  .option('--only <parts...>', 'only kinds whose id contains one of these')
  .option('--repeat <folder>', 'one input that was kept')
  .option('--workers <number>', 'processes at a time', whole, 2)
  .option('--python <program>', 'one with TensorFlow: what it refuses to load must not conform')
  .option('--python-inputs <number>', 'how many changes of each model it gets', whole, 100)
  .option('--out <folder>', 'where inputs that went wrong are kept', path.join('assay-report', 'torture'))
  .action(async (options: Options) => {
    process.exitCode = await main(options);
  })
  .parseAsync();

/** Returns 0 when nothing forbidden came about, 1 when something did, 2 when nothing could be tried. */
async function main(options: Options): Promise<number> {
  const sandbox = makeSandbox();
  const stop = stopOnSignals();
  const addon = await addonOrWhy();
  const workers = Array.from(
    { length: options.workers },
    (_, at) => new WorkerHost(sandbox, `worker-${at}`, addon),
  );
  const plan: Plan = { seed: options.seed, sandbox, workers, signal: stop.signal };
  try {
    if (options.repeat !== undefined) return await repeated(options.repeat, plan);
    return await all(options, plan, addon);
  } finally {
    for (const worker of workers) await worker.end();
    stop.end();
    sandbox.remove();
  }
}

async function all(options: Options, plan: Plan, addon: string | undefined): Promise<number> {
  const kinds = chosen(options, plan, addon);
  const shares = kinds.reduce((sum, { share = 1 }) => sum + share, 0);
  const inputs = options.short ? short : options.inputs;
  const tallies: Tally[] = [];
  for (const kind of kinds) {
    if (plan.signal.aborted) break;
    const tally = await torture(kind, Math.ceil(((kind.share ?? 1) / shares) * inputs), plan);
    tallies.push(tally);
    process.stdout.write(lineOf(tally));
    await keepMishaps(tally, plan, options.out);
  }
  if (plan.signal.aborted) return refused('Interrupted; nothing was written.');
  const compared = comparedWith(options);
  if (options.only === undefined && inputs >= full)
    await writeFile(inProject('docs', 'torture.md'), page({ ...options, tallies, compared, inputs }));
  return tallies.some(hasFaults) || compared.some(({ conforming }) => conforming.length > 0) ? 1 : 0;
}

/** Those that need TensorFlow are left out where there is none, with a word. */
function chosen({ only }: Options, { sandbox }: Plan, addon: string | undefined): readonly Kind[] {
  return allKinds(sandbox.canary)
    .filter((kind) => only === undefined || only.some((part) => idOf(kind).includes(part)))
    .filter(({ format }) => addon !== undefined || format !== 'decoded image');
}

/** Nothing, with a word, where no Python has TensorFlow. */
function comparedWith({ python, pythonInputs, seed, out, short }: Options): readonly Compared[] {
  if (short) return [];
  if (python === undefined || !hasTensorflow(python)) {
    process.stdout.write('Not compared with Python: name one that has TensorFlow with --python.\n');
    return [];
  }
  return comparedModels.map((model) => {
    const one = compareWithPython(python, model, pythonInputs, seed, path.join(out, 'python'));
    const { base, inputs, refused, conforming } = one;
    process.stdout.write(
      `python ${base}: ${inputs} inputs, ${refused} refused, ${conforming.length} of them conform\n`,
    );
    for (const escaped of conforming) process.stdout.write(`  conforms: ${escaped}\n`);
    return one;
  });
}

function lineOf({ kind, inputs, counts, outside, durationMs }: Tally): string {
  const { accepted, refused, crash, hang, memory } = counts;
  const bad = [`${crash} crash`, `${hang} hang`, `${memory} memory`, `${outside.length} outside`].filter(
    (one) => !one.startsWith('0'),
  );
  return `${idOf(kind)}: ${inputs} inputs, ${accepted} accepted, ${refused} refused${bad.length > 0 ? `, ✗ ${bad.join(', ')}` : ''} (${(durationMs / 1000).toFixed(1)} s)\n`;
}

/** The first of each outcome, made as small as it can be. */
async function keepMishaps({ kind, mishaps, outside }: Tally, plan: Plan, out: string): Promise<void> {
  for (const file of outside) process.stdout.write(`  outside: ${file}\n`);
  const firsts = new Map(mishaps.map((mishap) => [mishap.outcome, mishap]));
  for (const mishap of firsts.values()) {
    const folder = path.join(out, idOf(kind), `${plan.seed}-${mishap.index}-${mishap.outcome}`);
    const input = (await smallest(kind, mishap, plan)) ?? inputAt(kind, plan.seed, mishap.index);
    const command = `npm run torture -- --repeat ${folder}`;
    keep(folder, kind.format, input, `${mishap.outcome}\n${mishap.detail}\n${command}\n`);
    process.stdout.write(
      `  ${mishap.outcome}: ${mishap.detail.split('\n').slice(0, 3).join(' | ')}\n  ${command}\n`,
    );
  }
}

async function repeated(folder: string, { workers: [worker] }: Plan): Promise<number> {
  if (worker === undefined) return 2;
  const result = await observed(worker, kept(folder));
  process.stdout.write(`${result.outcome}\n${result.detail}\n`);
  return isForbidden(result) ? 1 : 0;
}

function hasFaults({ mishaps, outside }: Tally): boolean {
  return mishaps.length + outside.length > 0;
}

async function addonOrWhy(): Promise<string | undefined> {
  try {
    return (await ensureRuntime()).addon;
  } catch (error) {
    if (!(error instanceof RuntimeUnavailable)) throw error;
    process.stderr.write(`Images are not decoded: ${error.message}\n`);
    return undefined;
  }
}

function refused(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
