import path from 'node:path';
import type { Plan } from '../../api/plan.js';
import { RuntimeUnavailable } from '../../harness/engine/runtime/runtime.js';
import type { Runtime } from '../../harness/engine/runtime/runtime-found.js';
import type { ReadSpec } from '../../harness/run/read-specs.js';
import { lazy } from '../../harness/savedmodel/lazy.js';
import { SeenOutputs } from '../../harness/store/seen-outputs.js';
import type { Run } from '../../harness/verdict/run.js';
import type { CheckFlags } from '../check-flags.js';
import type { Io } from '../io.js';
import { prepared } from '../prepared.js';
import { refusalText } from '../refusal.js';
import { type FileFormat, type Written, withRun } from '../reports.js';
import { runShown } from '../run-shown.js';
import { openStore } from '../store-run.js';

/** What the runs on all versions have in common. */
export type VersionsWork = {
  readonly plan: Plan;
  readonly options: CheckFlags & { readonly seed: number };
  readonly files: readonly FileFormat[];
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly workFolder: string;
};

/** What came of some specs on one version; without `run`, `unavailable` tells why it could not be prepared. */
export type RanOn = Written & {
  readonly version: string;
  readonly specs: readonly ReadSpec[];
  readonly run?: Run;
  readonly unavailable?: string;
  readonly runtime: () => Promise<Runtime>;
};

/** Runs these specs on one version of TensorFlow, prepared now if needed, and writes the reports into a folder of its own. */
export async function runOn(
  { version, specs }: { readonly version: string; readonly specs: readonly ReadSpec[] },
  { plan, options, files, io, signal }: VersionsWork,
): Promise<RanOn> {
  io.stderr.write(`TensorFlow ${version}:\n`);
  const out = path.join(options.out, `tensorflow-${version}`);
  const store = await openStore(withRun(files), { ...options, out, tensorflow: version });
  const runtime = lazy(() => prepared(version, io, signal));
  const outputs = new SeenOutputs();
  try {
    const ended = await runShown({ ...plan, specs }, options, io, { runtime, signal, outputs });
    const { run, paths, missing } = await store(ended, specs, outputs);
    return { version, specs, run, paths, missing, runtime };
  } catch (error) {
    if (!(error instanceof RuntimeUnavailable)) throw error;
    io.stderr.write(refusalText(error));
    return { version, specs, unavailable: whyUnavailable(error), paths: [], missing: [], runtime };
  }
}

/** Of a message that lists every source, the reason of the last one that was tried. */
function whyUnavailable({ message, sources }: RuntimeUnavailable): string {
  const [first = ''] = message.split('\n');
  return `${first} ${sources.at(-1)?.why ?? ''}`.trim();
}
