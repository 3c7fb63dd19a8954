import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { contractAt } from '../proof/running.js';
import { whole } from '../proof/whole.js';
import { type Benched, page } from './page.js';
import { recordingOf } from './recording.js';
import { type Timing, waysFor } from './ways.js';

type Options = {
  readonly specs: readonly string[];
  readonly repeats: number;
  readonly seed: number;
  readonly python?: string;
  readonly out: string;
};

await new Command('bench')
  .description('Times the calls of a run in Python, in a bare loop and in assay check, in turn.')
  .requiredOption('--specs <files...>', 'specs whose models are folders')
  .option('--repeats <number>', 'how often each way is timed', whole, 3)
  .option('--seed <number>', 'the same calls again', whole, 1)
  .option('--python <program>', 'one with TensorFlow and tensorflow_hub; without it, Python is left out')
  .option('--out <file>', 'the page to write', inProject('docs', 'performance.md'))
  .action(main)
  .parseAsync();

async function main(options: Options): Promise<void> {
  const machine = `${availableParallelism()} cores, Node ${process.version}, ${process.platform}`;
  const benched: Benched[] = [];
  for (const spec of options.specs) {
    benched.push(await bench(spec, options));
    await writeFile(options.out, page(benched, machine));
  }
  process.stderr.write(`${options.out}\n`);
}

/** Records the calls of a run, then makes them in each way, in turn. */
async function bench(spec: string, { repeats, seed, python }: Options): Promise<Benched> {
  const { model, name } = await contractAt(spec);
  if (model.kind !== 'folder') throw new Error(`${spec}: the model must be a folder.`);
  const recording = await recordingOf(path.resolve(spec), seed);
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  try {
    const calls = path.join(folder, 'calls.json');
    await writeFile(calls, JSON.stringify(recording.calls));
    const { addon } = await ensureRuntime();
    const ways = waysFor({ spec, model: model.path, calls, addon, seed, out: folder, python });
    const timed = ways.map(({ name: way }) => ({
      way,
      times: [] as Timing[],
    }));
    for (let repeat = 1; repeat <= repeats; repeat++)
      for (const [at, { name: way, time }] of ways.entries()) {
        process.stderr.write(`${name}, ${way}, ${repeat} of ${repeats}\n`);
        timed[at]?.times.push(await time());
      }
    return { name, spec, recording, ways: timed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
