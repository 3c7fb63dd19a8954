import path from 'node:path';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Progress } from '../harness/run/progress.js';
import type { Run } from '../harness/verdict/run.js';
import {
  abortSignal,
  amount,
  callback,
  count,
  expectOptions,
  flag,
  level,
  location,
  seed,
  text,
  texts,
} from './expect-options.js';
import type { RunRequest, RunSettings } from './options.js';
import { makePlan } from './plan.js';
import { execute } from './run.js';

export type { Progress } from '../harness/run/progress.js';
export { readRun } from '../harness/store/stored-run.js';
export type { Batch, Pattern } from '../harness/verdict/batch.js';
export type {
  CheckResult,
  Environment,
  Evidence,
  EvidenceValue,
  Finding,
  Level,
  ModelRun,
  Rule,
  Run,
  Status,
  Verdict,
} from '../harness/verdict/run.js';
export { UserError } from '../harness/verdict/user-error.js';

export type CheckOptions = Omit<RunRequest, 'specs'> &
  RunSettings & {
    /** The TensorFlow to run in, such as `2.15.1`. Default: the one that `assay check` would use. */
    readonly tensorflow?: string;
    /** Where relative paths start, in the arguments and in the run. Default: the current folder. */
    readonly cwd?: string;
    readonly onProgress?: (progress: Progress) => void;
    /** Ends the run early; results so far are kept. */
    readonly signal?: AbortSignal;
  };

/**
 * Checks models against their specs, as `assay check` does, and prints and writes nothing. `specs`: a file, folder or
 * pattern, or several. A spec that cannot be read is a model of the run, with its `problem`; verdict `unknown`.
 * @throws UserError for specs, checks or options that are not there, and when no TensorFlow is available
 */
export async function check(specs: string | readonly string[], options: CheckOptions = {}): Promise<Run> {
  expectOptions({ specs: [specs].flat() }, { specs: texts }, 'check()');
  expectOptions(options, kinds, 'check()');
  const { cwd = '.', tensorflow: version, onProgress = () => undefined } = options;
  const { signal = new AbortController().signal, ...asked } = options;
  const plan = await makePlan({ ...asked, specs: [specs].flat() }, path.resolve(cwd));
  const runtime = () => ensureRuntime({ version, signal, cwd: plan.cwd });
  return execute(plan, asked, { runtime, onProgress, signal });
}

const kinds = {
  model: location,
  checks: texts,
  only: texts,
  skip: texts,
  confine: flag,
  modelDeadline: amount,
  memory: amount,
  seed,
  strict: flag,
  allowUnsafe: flag,
  confinement: level,
  processes: count,
  tensorflow: text,
  cwd: text,
  onProgress: callback,
  signal: abortSignal,
} satisfies { readonly [Key in keyof CheckOptions]-?: unknown };
