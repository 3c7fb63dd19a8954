import type { PreparedCall } from '../harness/engine/call-preparation.js';
import { CallRunner } from '../harness/engine/call-runner.js';
import { EngineHost } from '../harness/engine/process/host.js';
import type { SessionRun, SessionWork } from '../harness/engine/process/messages.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { passingWorkFolder } from '../harness/engine/work-folder.js';
import { Decisions } from '../harness/run/decisions.js';
import { ModelSession } from '../harness/run/model-session.js';
import { contractAt } from '../proof/running.js';
import { checks } from '../suites/all.js';

/** One call of the model as the checks make it, and that gave an output. */
export type RecordedCall = {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly arguments: Readonly<Record<string, number | boolean>>;
  /** What is fed and fetched for it. */
  readonly run: SessionRun;
};

/** The calls of one whole run in one process, and where its time went. */
export type Recording = {
  readonly calls: readonly RecordedCall[];
  readonly wallMs: number;
  /** From the start of the process to the first answer. */
  readonly loadMs: number;
  readonly callMs: number;
  /** Runs of the session that are no calls: variables, losses, gradients, shapes. */
  readonly otherMs: number;
  readonly otherRuns: number;
};

/** Decides all checks of a model here, in one process of the model, and notes each run of it. */
export async function recordingOf(specFile: string, seed: number): Promise<Recording> {
  const contract = await contractAt(specFile);
  const { addon } = await ensureRuntime();
  const session = new ModelSession(contract, { addon: async () => addon, workFolder: passingWorkFolder() });
  const how = { seed, allowUnsafe: false, today: '2026-01-01', checks, asked: checks };
  const decisions = new Decisions(contract, session, how);
  const noted = noteRuns();
  const start = performance.now();
  try {
    for (const check of checks) await decisions.decide(check);
    return { ...noted.so(), wallMs: performance.now() - start };
  } finally {
    noted.end();
    await session.close();
  }
}

/** Notes what every process of this program is sent, until it is ended. */
function noteRuns() {
  const { runAll: call } = CallRunner.prototype;
  const { run: send } = EngineHost.prototype;
  const calls: RecordedCall[] = [];
  const spent = { loadMs: 0, callMs: 0, otherMs: 0, otherRuns: 0 };
  let answered = false;
  CallRunner.prototype.runAll = async function (this: CallRunner, all: readonly PreparedCall[], ...how) {
    const tensors = await call.call(this, all, ...how);
    calls.push(...all.map(recorded));
    return tensors;
  };
  EngineHost.prototype.run = async function (this: EngineHost, work: SessionWork, ...how) {
    const start = performance.now();
    const result = await send.call(this, work, ...how);
    const took = performance.now() - start;
    if (!answered) spent.loadMs += took;
    else if ('runs' in work) spent.callMs += result.callMs;
    else spent.otherMs += took;
    if (answered && !('runs' in work)) spent.otherRuns += 1;
    answered = true;
    return result;
  };
  const end = () =>
    Object.assign(CallRunner.prototype, { runAll: call }) &&
    Object.assign(EngineHost.prototype, { run: send });
  return { so: () => ({ calls, ...spent }), end };
}

function recorded({ call, run }: PreparedCall): RecordedCall {
  const { count, height, width } = call.batch;
  return { count, height, width, arguments: call.args, run };
}
