import { bundled } from '../../api/bundled.js';
import { type ConfinementLevel, demand } from '../../harness/engine/process/confinement/measures.js';
import { checksIn } from '../../harness/run/check-module.js';
import { withOwnChecks } from '../../harness/run/own-checks.js';
import { folderOfRun } from '../../harness/store/find-stored-spec.js';
import { readRun } from '../../harness/store/stored-run.js';
import { exitCodeOfReplay } from '../../harness/verdict/replayed.js';
import type { Run } from '../../harness/verdict/run.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { noPython } from '../../reports/python.js';
import { replayed } from '../../reports/replayed.js';
import type { Io } from '../io.js';
import { refusalText } from '../refusal.js';
import { windowOf } from '../window.js';
import { chosenFailures } from './chosen.js';
import { pythonFor } from './python-for.js';
import { replayAll } from './replay-all.js';
import { versionOfRun } from './version-of-run.js';

export type ReplayFlags = {
  /** Name or spec of a model, as the stored run has it. */
  readonly model?: string;
  readonly check?: string;
  /** Print a script for Python instead of running anything. */
  readonly python?: boolean;
  /** Default: that of the run. */
  readonly tensorflow?: string;
  readonly allowUnsafe?: boolean;
  readonly confinement?: ConfinementLevel;
  /** Modules with further checks. */
  readonly checks?: readonly string[];
};

/** `assay replay`: runs stored failures again. Returns 0 when all are fixed, 1 when one still fails, 2 when it could not decide. */
export async function replay(file: string, options: ReplayFlags, io: Io): Promise<number> {
  try {
    const run = await readRun(file);
    requireMade(run);
    const failures = chosenFailures(run, file, options);
    if (options.python) {
      io.stdout.write(await pythonFor(run, failures, file));
      return 0;
    }
    demand(options.confinement ?? 'available');
    const folders = [process.cwd(), folderOfRun(file, run.base)];
    const checks = checksIn(await withOwnChecks(bundled, options.checks ?? [], folders));
    const version = options.tensorflow ?? (await versionOfRun(run));
    const how = version === undefined ? options : { ...options, tensorflow: version };
    const answers = await replayAll(failures, { run, file, options: how, checks, io });
    const { color, columns = 100 } = windowOf(io);
    io.stdout.write(replayed(answers, color, columns));
    return exitCodeOfReplay(answers);
  } catch (error) {
    const why = refusalText(error);
    io.stderr.write(why);
    if (options.python) io.stdout.write(noPython(why.trimEnd()));
    return 2;
  }
}

/** Its spec knows nothing of the tolerance and the waivers that a run was judged again with. */
function requireMade({ rejudged }: Run): void {
  if (rejudged === undefined) return;
  throw new UserError(
    'This run was judged again, and cannot be replayed.',
    `Replay the run that it came from: ${rejudged.from}.`,
  );
}
