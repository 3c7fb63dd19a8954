import type { Check } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Runtime } from '../../harness/engine/runtime/runtime-found.js';
import { makeWorkFolder, removeWorkFolder } from '../../harness/engine/work-folder.js';
import { ModelSession } from '../../harness/run/model-session.js';
import { endProcesses } from '../../harness/run/processes.js';
import { digestOfSpecFiles, specFilesOf } from '../../harness/run/spec-digest.js';
import { lazy } from '../../harness/savedmodel/lazy.js';
import { replayCheck } from '../../harness/store/replay.js';
import type { Replayed } from '../../harness/verdict/replayed.js';
import type { Run } from '../../harness/verdict/run.js';
import type { Io } from '../io.js';
import { prepared } from '../prepared.js';
import { stopOnSignals } from '../stop-on-signals.js';
import type { Failure } from './chosen.js';
import { SpecLost, storedContract } from './stored-contract.js';

/** A stored run, and how to replay it. */
export type ReplayJob = {
  readonly run: Run;
  readonly file: string;
  readonly options: { readonly tensorflow?: string; readonly allowUnsafe?: boolean };
  /** All checks. */
  readonly checks: readonly Check[];
  readonly io: Io;
};

type Running = ReplayJob & {
  readonly runtime: () => Promise<Runtime>;
  readonly workFolder: string;
  readonly signal: AbortSignal;
};

/** Runs stored failures again, model by model; what keeps one from being run costs only the failures of its model. */
export async function replayAll(failures: readonly Failure[], work: ReplayJob): Promise<Replayed[]> {
  const stop = stopOnSignals();
  const workFolder = makeWorkFolder();
  stop.signal.addEventListener('abort', () => endProcesses(workFolder));
  const running = {
    ...work,
    workFolder,
    signal: stop.signal,
    runtime: lazy(() => prepared(work.options.tensorflow, work.io, stop.signal)),
  };
  try {
    const answers: Replayed[] = [];
    for (const model of new Set(failures.map((one) => one.model)))
      answers.push(
        ...(await replayModel(
          failures.filter((one) => one.model === model),
          running,
        )),
      );
    return answers;
  } finally {
    stop.end();
    endProcesses(workFolder);
    removeWorkFolder(workFolder);
  }
}

/** The failures of one model, one after the other, in one process. */
async function replayModel(failures: readonly Failure[], running: Running): Promise<Replayed[]> {
  const [first] = failures;
  if (!first) return [];
  try {
    const contract = await storedContract(running.run, running.file, first.model);
    return await inSession(contract, failures, running);
  } catch (error) {
    if (!(error instanceof SpecLost)) throw error;
    return failures.map((failure) => couldNotRun(failure, error.inFull));
  }
}

async function inSession(
  contract: Contract,
  failures: readonly Failure[],
  { run, options, checks, runtime, workFolder, signal }: Running,
): Promise<Replayed[]> {
  let started: Runtime | undefined;
  const addon = async () => {
    started = await runtime();
    return started.addon;
  };
  const session = new ModelSession(contract, { addon, workFolder });
  const { allowUnsafe = false } = options;
  const today = new Date().toISOString().slice(0, 10);
  const specDigest = digestOfSpecFiles(await specFilesOf(contract));
  const replaying = { checks, rules: run.rules ?? [], seed: run.seed, allowUnsafe, today };
  const answers: Replayed[] = [];
  try {
    for (const failure of failures) {
      if (signal.aborted) {
        answers.push(couldNotRun(failure, 'The replay was interrupted.'));
        continue;
      }
      const answer = await replayCheck(failure.check, contract, session, replaying);
      const { digest } = await session.digestAndCallTime();
      const { tensorflow } = started ?? run.environment;
      const remarks = remarksOn(failure, run, { digest, specDigest, tensorflow });
      answers.push({ model: failure.model.name, check: failure.check.id, answer, remarks });
    }
    return answers;
  } finally {
    await session.close();
  }
}

/** Differences from the run in which the failure was found. */
function remarksOn(
  { model }: Failure,
  { environment }: Run,
  now: { readonly digest: string; readonly specDigest: string; readonly tensorflow: string },
): string[] {
  const changed = model.digest !== '' && now.digest !== '' && now.digest !== model.digest;
  const otherSpec = model.specDigest !== undefined && now.specDigest !== model.specDigest;
  const otherTensorflow = environment.tensorflow !== '' && now.tensorflow !== environment.tensorflow;
  return [
    ...(changed
      ? [`The model's files have changed since: they were ${model.digest} and are now ${now.digest}.`]
      : []),
    ...(otherSpec ? [`The spec ${model.spec}, or a file that it names, has changed since.`] : []),
    ...(otherTensorflow
      ? [
          `It was found in TensorFlow ${environment.tensorflow} and replayed in ${now.tensorflow}; select another with --tensorflow.`,
        ]
      : []),
  ];
}

function couldNotRun({ model, check }: Failure, reason: string): Replayed {
  return { model: model.name, check: check.id, answer: { kind: 'could-not-run', reason }, remarks: [] };
}
