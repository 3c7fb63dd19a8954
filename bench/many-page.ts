import type { Run } from '../harness/verdict/run.js';
import { table } from '../reports/markdown/table.js';
import type { Grown } from './growth.js';
import type { MemorySample } from './measured.js';

/** One run of many models. */
export type Many = {
  readonly run: Run;
  readonly wallMs: number;
  readonly samples: readonly MemorySample[];
  /** Of report.html, in bytes. */
  readonly size: number;
  readonly openingMs: number;
  readonly grown: readonly Grown[];
};

/** What was measured, as a page of Markdown. */
export function pageOfMany({ run, wallMs, samples, size, openingMs, grown }: Many): string {
  const count = run.models.length;
  const conforming = run.models.filter(({ verdict }) => verdict === 'conforms').length;
  const blocks = [
    '# Many models in one run',
    '<!-- Written by npm run bench:many. -->',
    `${count} small models, the bundled ones again and again, all checks, no cache: ${Math.round(wallMs / 1000)} s, ${(wallMs / 1000 / count).toFixed(2)} s for each. ${conforming} conform. Their report.html has ${(size / 1e6).toFixed(1)} MB, and its first card is there ${(openingMs / 1000).toFixed(1)} s after it is opened.`,
    'Memory over the time of the run, in MiB: the most in each tenth of it. The program keeps what its reports will say of each model, and writes them in the last tenth.',
    table(['tenth', '#of the program itself', '#with the processes of the models'], tenths(samples, wallMs)),
    '## Many calls of one model',
    'Of tiny-features in one process, each with other images, in turn at 49 sizes. Memory in MiB; the program remembers the last 4000 answers.',
    table(
      ['#calls', '#of the process of the model', '#held by the program'],
      grown.map(({ calls, modelBytes, ownBytes }) => [
        `${calls}`,
        mebibytes(modelBytes),
        mebibytes(ownBytes),
      ]),
    ),
    '## Reproduce it',
    `    npm run bench:many -- --models ${count} --seed ${run.seed}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function tenths(samples: readonly MemorySample[], wallMs: number): string[][] {
  return Array.from({ length: 10 }, (_, at) => {
    const within = samples.filter(({ atMs }) => Math.floor((10 * atMs) / wallMs) === at);
    const most = (of: (sample: MemorySample) => number) => mebibytes(Math.max(0, ...within.map(of)));
    return [`${at + 1}`, most(({ ownBytes }) => ownBytes), most(({ allBytes }) => allBytes)];
  });
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)}`;
}
