import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import type { Run } from '../../harness/verdict/run.js';
import { materialNamed, specOfModel, specOfTwin } from '../material.js';
import { inProject } from '../project.js';
import { whole } from '../whole.js';
import { differences } from './differences.js';

type Options = { readonly seeds: number; readonly models?: readonly string[] };

/** How a run is made: commands of assay one after the other, of which the last writes to the folder. */
const ways: Readonly<Record<string, (specs: readonly string[], seed: string, to: string) => string[][]>> = {
  'in one process': (specs, seed, to) => [['check', ...specs, ...fresh(seed, to), '--processes', '1']],
  'in one process, again': (specs, seed, to) => [['check', ...specs, ...fresh(seed, to), '--processes', '1']],
  'in one process per core': (specs, seed, to) => [['check', ...specs, ...fresh(seed, to)]],
  'from the cache': (specs, seed, to) => {
    const again = ['check', ...specs, '--seed', seed, '--report', 'json', '--cache-dir', `${to}-cache`];
    return [
      [...again, '--out', `${to}-before`],
      [...again, '--out', to],
    ];
  },
  'in three shards, merged': (specs, seed, to) => [
    ...[1, 2, 3].map((at) => ['check', ...specs, ...fresh(seed, `${to}-${at}`), '--shard', `${at}/3`]),
    ['merge', ...[1, 2, 3].map((at) => `${to}-${at}`), '--report', 'json', '--out', to],
  ],
};

await new Command('same')
  .description('Runs all models in several ways, each of which must give the same run.json but for times.')
  .option('--seeds <number>', 'how many', whole, 3)
  .option('--models <parts...>', 'only models and twins whose name contains one of these')
  .action(main)
  .parseAsync();

async function main({ seeds, models: parts = [] }: Options): Promise<void> {
  const { models, twins } = materialNamed(parts);
  const specs = [...models.map(specOfModel), ...twins.map(specOfTwin)];
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-same-'));
  try {
    for (let seed = 1; seed <= seeds; seed++) {
      const [alone, again, ...others] = await runsOf(specs, seed, folder);
      if (!alone || !again) throw new Error('Two runs in one process come first.');
      const random = differences(alone[1], again[1]);
      for (const [way, run] of others) tell(seed, way, differences(alone[1], run, random), run.models.length);
      process.stdout.write(
        `seed ${seed}: ${random.length} checks differ from themselves, and only their status was compared\n`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runsOf(specs: readonly string[], seed: number, folder: string): Promise<[string, Run][]> {
  const runs: [string, Run][] = [];
  for (const [way, commands] of Object.entries(ways)) {
    const to = path.join(folder, `${seed}-${runs.length}`);
    for (const args of commands(specs, String(seed), to)) await assay(args);
    runs.push([way, JSON.parse(await readFile(path.join(to, 'run.json'), 'utf8'))]);
  }
  return runs;
}

function tell(seed: number, way: string, differing: readonly string[], models: number): void {
  const found = differing.length === 0 ? 'the same' : `differs:\n  ${differing.join('\n  ')}`;
  process.stdout.write(`seed ${seed}, ${models} models, ${way}: ${found}\n`);
  if (differing.length > 0) process.exitCode = 1;
}

function fresh(seed: string, to: string): string[] {
  return ['--seed', seed, '--report', 'json', '--no-cache', '--out', to];
}

async function assay(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [inProject('dist/bundle/cli.js'), ...args], {
    cwd: inProject(),
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0 && code !== 1 && code !== 2) throw new Error(`assay ${args.join(' ')} ended with ${code}.`);
}
