import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import type { Run } from '../../harness/verdict/run.js';
import { materialNamed, specOfModel, specOfTwin } from '../material.js';
import { inProject } from '../project.js';
import { whole } from '../whole.js';
import { differences, inWords, namesOf } from './differences.js';
import { drawsWithoutSeed } from './draws.js';

type Options = { readonly seeds: number; readonly first: number; readonly models?: readonly string[] };

/** What is run, and the folder for what comes of it. */
type Work = { readonly specs: readonly string[]; readonly seed: string; readonly folder: string };

/** How a run is made: commands of assay one after the other, of which the last writes to the folder. */
type Way = (specs: readonly string[], seed: string, to: string) => string[][];

const inOneProcess: Way = (specs, seed, to) => [
  ['check', ...specs, '--seed', seed, '--report', 'json', '--no-cache', '--processes', '1', '--out', to],
];

const fromCache = 'from the cache of the shards';

const shards = [1, 2, 3];

/** Each is made once those before it have ended. Every shard runs in as many processes as there are cores. */
const others: Readonly<Record<string, Way>> = {
  'in three shards, merged': (specs, seed, to) => [
    ...shards.map((at) => ['check', ...specs, ...cached(seed, to, `-${at}`), '--shard', `${at}/3`]),
    ['merge', ...shards.map((at) => `${to}-${at}`), '--report', 'json', '--out', to],
  ],
  [fromCache]: (specs, seed, to) => [['check', ...specs, ...cached(seed, to)]],
};

await new Command('same')
  .description('Runs all models in several ways, each of which must give the same run.json but for times.')
  .option('--seeds <number>', 'how many', whole, 3)
  .option('--first <seed>', 'the first of them', whole, 1)
  .option('--models <parts...>', 'only models and twins whose name contains one of these')
  .action(main)
  .parseAsync();

async function main({ seeds, first, models: parts = [] }: Options): Promise<void> {
  const { models, twins } = materialNamed(parts);
  const specs = [...models.map(specOfModel), ...twins.map(specOfTwin)];
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-same-'));
  try {
    for (let seed = first; seed < first + seeds; seed++) await compare({ specs, seed: String(seed), folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All ways at one seed; the run in one process leaves a core to the others. */
async function compare(work: Work): Promise<void> {
  const { seed } = work;
  const [alone, runs] = await Promise.all([runOf(inOneProcess, work), runsOf(work)]);
  const random = await randomIn(alone, runs, work);
  for (const [way, run] of runs) {
    const differing = differences(alone, run, random).map((one) => inWords(one, alone, run));
    tell(seed, way, [...differing, ...notCached(way, run)], run.models.length);
  }
  process.stdout.write(
    `seed ${seed}: ${random.length} models draw without a seed, or differ from themselves, and only their outcomes were compared\n`,
  );
}

/** The models that differ somewhere, and that draw random numbers without a seed or differ from themselves in one process as well. */
async function randomIn(alone: Run, runs: readonly [string, Run][], work: Work): Promise<string[]> {
  const differing = new Set(runs.flatMap(([, run]) => namesOf(differences(alone, run))));
  const random = new Set<string>();
  for (const { name, model } of alone.models)
    if (differing.has(name) && (await drawsWithoutSeed(inProject(model)))) random.add(name);
  const unclear = alone.models.filter(({ name }) => differing.has(name) && !random.has(name));
  if (unclear.length === 0) return [...random];
  const again = { ...work, specs: unclear.map(({ spec }) => spec) };
  // A search that ends by the clock goes less far on a busy machine: two at once, and one alone.
  const two = await Promise.all([runOf(inOneProcess, again), runOf(inOneProcess, again)]);
  for (const run of [...two, await runOf(inOneProcess, again)])
    for (const name of namesOf(differences({ ...alone, models: unclear }, run))) random.add(name);
  return [...random];
}

async function runsOf(work: Work): Promise<[string, Run][]> {
  const runs: [string, Run][] = [];
  for (const [name, way] of Object.entries(others)) runs.push([name, await runOf(way, work)]);
  return runs;
}

async function runOf(way: Way, { specs, seed, folder }: Work): Promise<Run> {
  const to = await mkdtemp(path.join(folder, `${seed}-`));
  for (const args of way(specs, seed, to)) await assay(args);
  return JSON.parse(await readFile(path.join(to, 'run.json'), 'utf8'));
}

function tell(seed: string, way: string, differing: readonly string[], models: number): void {
  const found = differing.length === 0 ? 'the same' : `differs:\n  ${differing.join('\n  ')}`;
  process.stdout.write(`seed ${seed}, ${models} models, ${way}: ${found}\n`);
  if (differing.length > 0) process.exitCode = 1;
}

/** A run that found nothing in the cache shows nothing of it. */
function notCached(way: string, run: Run): string[] {
  const isCached = run.models.some(({ checks }) => checks.some((check) => check.fromCache !== undefined));
  return way === fromCache && !isCached ? ['no check came from the cache'] : [];
}

/** All runs of a seed share a cache, which is empty at the first. */
function cached(seed: string, to: string, part = ''): string[] {
  const cache = path.join(path.dirname(to), `cache-${seed}`);
  return ['--seed', seed, '--report', 'json', '--cache-dir', cache, '--out', `${to}${part}`];
}

async function assay(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [inProject('dist/bundle/cli.js'), ...args], {
    cwd: inProject(),
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0 && code !== 1 && code !== 2) throw new Error(`assay ${args.join(' ')} ended with ${code}.`);
}
