import { NoRun, readRun } from '../harness/store/stored-run.js';
import { exitCodeOfReplay } from '../harness/verdict/replayed.js';
import { noPython } from '../reports/python.js';
import { replayed } from '../reports/replayed.js';
import { visible, visibleLines } from '../reports/visible.js';
import { chosenFailures, NothingToReplay } from './replay/chosen.js';
import { pythonFor } from './replay/python-for.js';
import { replayAll } from './replay/replay-all.js';
import { SpecLost } from './replay/stored-contract.js';
import type { Io } from './setup.js';
import { windowOf } from './window.js';

export type ReplayOptions = {
  /** Name or spec of a model, as the stored run has it. */
  readonly model?: string;
  readonly check?: string;
  /** Print a script for Python instead of running anything. */
  readonly python?: boolean;
  readonly tensorflow?: string;
  readonly allowUnsafe?: boolean;
};

/** `assay replay`: runs stored failures again. Returns 0 when all are fixed, 1 when one still fails, 2 when it could not tell. */
export async function replay(file: string, options: ReplayOptions, io: Io): Promise<number> {
  try {
    const run = await readRun(file);
    const failures = chosenFailures(run, file, options);
    if (options.python) {
      io.stdout.write(await pythonFor(run, failures, file));
      return 0;
    }
    const answers = await replayAll(failures, { run, file, options, io });
    const { color, columns = 100 } = windowOf(io);
    io.stdout.write(replayed(answers, color, columns));
    return exitCodeOfReplay(answers);
  } catch (error) {
    if (!(error instanceof NoRun || error instanceof NothingToReplay || error instanceof SpecLost))
      throw error;
    const why = error instanceof NoRun ? visible(error.message) : visibleLines(error.message);
    io.stderr.write(`${why}\n`);
    if (options.python) io.stdout.write(noPython(why));
    return 2;
  }
}
