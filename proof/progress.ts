import { SingleBar } from 'cli-progress';
import { plural } from '../harness/verdict/plural.js';
import type { SeedRun } from './seed-run.js';

export type ProofProgress = {
  readonly specEnded: () => void;
  readonly seedEnded: (run: SeedRun) => void;
  readonly end: () => void;
};

/** Progress of the proof: a bar on a terminal, a line for each seed elsewhere. `total` counts models, once for each seed. */
export function proofProgress(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  seeds: number,
  total: number,
): ProofProgress {
  return stream.isTTY && !process.env.CI ? bar(stream, total) : lines(stream, seeds);
}

function lines(stream: NodeJS.WritableStream, seeds: number): ProofProgress {
  let ended = 0;
  const seedEnded = (run: SeedRun) => {
    ended += 1;
    const came = 'died' in run ? `crashed: ${run.died}` : `${plural(run.results.size, 'model')} run`;
    stream.write(`[${ended}/${seeds}] seed ${run.seed}: ${came}\n`);
  };
  return { specEnded: () => undefined, seedEnded, end: () => undefined };
}

function bar(stream: NodeJS.WritableStream, total: number): ProofProgress {
  const format = 'seed {seed}  {bar} {value}/{total}  {eta_formatted} left';
  const running = new SingleBar({ stream, format, fps: 5, hideCursor: true, clearOnComplete: true });
  running.start(total, 0, { seed: '' });
  return {
    specEnded: () => running.increment(),
    seedEnded: ({ seed }) => running.update({ seed: `${seed} done` }),
    end: () => running.stop(),
  };
}
