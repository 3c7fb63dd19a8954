import { copyFile, cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { whole } from '../proof/whole.js';
import { growth } from './growth.js';
import { pageOfMany } from './many-page.js';
import { measured } from './measured.js';
import { openingMs } from './opening.js';

/** Looking at the memory more often would take time of the run. */
const intervalMs = 1000;

type Options = {
  readonly models: number;
  readonly calls: number;
  readonly seed: number;
  readonly out: string;
};

await new Command('many')
  .description(
    'Checks many models in one run: how fast, with how much memory, and how soon its report opens.',
  )
  .option('--models <number>', 'how many: all bundled ones, again and again', whole, 1000)
  .option('--calls <number>', 'how many of one model, for its memory; a multiple of 10', whole, 10_000)
  .option('--seed <number>', 'the same calls again', whole, 1)
  .option('--out <file>', 'the page to write', inProject('docs', 'performance-many.md'))
  .action(main)
  .parseAsync();

async function main({ models, calls, seed, out }: Options): Promise<void> {
  await ensureRuntime();
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  try {
    const specs = await specsIn(folder, models);
    const how = ['--seed', `${seed}`, '--no-cache', '--report', 'json,html', '--out', folder];
    const check = [inProject('dist/bundle/cli.js'), 'check', ...specs, ...how];
    const { wallMs, samples } = await measured(process.execPath, check, intervalMs);
    const run: Run = JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8'));
    const report = path.join(folder, 'report.html');
    const { size } = await stat(report);
    const grown = await growth(inProject('specs', 'tiny-features.yaml'), calls);
    await writeFile(
      out,
      pageOfMany({ run, wallMs, samples, size, openingMs: await openingMs(report), grown }),
    );
    process.stderr.write(`${out}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The specs of the bundled models, each under as many names as it takes, beside the files that they name. */
async function specsIn(folder: string, models: number): Promise<string[]> {
  const specs = path.join(folder, 'specs');
  await cp(inProject('specs'), specs, { recursive: true });
  await symlink(inProject('models-under-test'), path.join(folder, 'models-under-test'));
  const bundled = (await readdir(specs)).filter((name) => name.endsWith('.yaml')).sort();
  const copies = Array.from({ length: models }, (_, at) => ({
    of: path.join(specs, bundled[at % bundled.length] ?? ''),
    turn: 1 + Math.floor(at / bundled.length),
  }));
  const named = copies.map(({ of, turn }) => ({ of, to: of.replace(/\.yaml$/, `-${turn}.yaml`) }));
  await Promise.all(named.map(({ of, to }) => copyFile(of, to)));
  return named.map(({ to }) => to);
}
