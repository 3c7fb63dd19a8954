import type { RunSettings } from '../api/options.js';
import type { Plan } from '../api/plan.js';
import { execute, type RunEnvironment } from '../api/run.js';
import type { Progress } from '../harness/run/progress.js';
import type { SeenOutputs } from '../harness/store/seen-outputs.js';
import type { Run } from '../harness/verdict/run.js';
import type { Io } from './io.js';
import { liveProgress } from './live-progress.js';

export type ShownRun = Omit<RunEnvironment, 'onProgress'> & {
  /** Told of what the run makes of each model. */
  readonly outputs?: SeenOutputs;
};

/** Executes a plan, with its progress shown. @throws RuntimeUnavailable */
export async function runShown(
  plan: Plan,
  options: RunSettings,
  io: Pick<Io, 'stderr'>,
  { outputs, ...surroundings }: ShownRun,
): Promise<Run> {
  const files = plan.specs.map(({ file }) => file);
  const asked = { checks: plan.chosen.length, strict: options.strict ?? false };
  const progress = liveProgress(io.stderr, files, asked);
  const onProgress = (one: Progress) => {
    outputs?.take(one);
    progress.show(one);
  };
  try {
    return await execute(plan, options, { ...surroundings, onProgress });
  } finally {
    progress.end();
  }
}
