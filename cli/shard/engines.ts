import { UserError } from '../../harness/verdict/user-error.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** What an engine that starts many machines says of this one. */
export type Told = {
  readonly engine: string;
  /** From 1. */
  readonly index: number;
  /** Undefined where the engine does not tell it. */
  readonly count?: number;
  /** A file to touch, which tells the engine that its shards are honoured. */
  readonly statusFile?: string;
};

/** Each engine by the variables that it sets. Undefined where it has not split the job. @throws UserError where they make no sense */
const engines: readonly ((env: Env) => Told | undefined)[] = [gitlab, bazel, kubernetes, slurm];

/** What the one engine says that has split this job; undefined where none has. @throws UserError where several have */
export function toldBy(env: Env): Told | undefined {
  const told = engines.flatMap((engine) => engine(env) ?? []);
  const [one, other] = told;
  if (one && other) throw new UserError(`Both ${one.engine} and ${other.engine} split this job.`, sayWhich);
  return one;
}

export const sayWhich = 'Say which shard this is, as in --shard 2/3, or check all specs with --shard off.';

/** The name of a job ends in 2/3 for `parallel: 3`; with `parallel: matrix` it does not, and each job has other work. */
function gitlab(env: Env): Told | undefined {
  const { CI_NODE_INDEX: index, CI_NODE_TOTAL: count, CI_JOB_NAME: job } = env;
  if (!index || !count || (job && !job.endsWith(` ${index}/${count}`))) return undefined;
  return { engine: 'GitLab', ...placed({ CI_NODE_INDEX: index }, 1, { CI_NODE_TOTAL: count }) };
}

function bazel(env: Env): Told | undefined {
  const { TEST_SHARD_INDEX: index, TEST_TOTAL_SHARDS: count, TEST_SHARD_STATUS_FILE: statusFile } = env;
  if (!index || !count) return undefined;
  const place = placed({ TEST_SHARD_INDEX: index }, 0, { TEST_TOTAL_SHARDS: count });
  return { engine: 'Bazel', ...place, ...(statusFile ? { statusFile } : {}) };
}

/** An Indexed Job tells no total. */
function kubernetes({ JOB_COMPLETION_INDEX: index }: Env): Told | undefined {
  return index ? { engine: 'Kubernetes', index: 1 + whole({ JOB_COMPLETION_INDEX: index }) } : undefined;
}

function slurm(env: Env): Told | undefined {
  const { SLURM_ARRAY_TASK_ID: id, SLURM_ARRAY_TASK_MIN: min, SLURM_ARRAY_TASK_COUNT: count } = env;
  if (!id || !min || !count) return undefined;
  const { SLURM_ARRAY_TASK_MAX: max, SLURM_ARRAY_TASK_STEP: step = '1' } = env;
  const [first, by] = [whole({ SLURM_ARRAY_TASK_MIN: min }), whole({ SLURM_ARRAY_TASK_STEP: step })];
  const all = whole({ SLURM_ARRAY_TASK_COUNT: count });
  const at = (whole({ SLURM_ARRAY_TASK_ID: id }) - first) / by;
  const last = max ? whole({ SLURM_ARRAY_TASK_MAX: max }) : first + (all - 1) * by;
  if (!Number.isInteger(at) || at < 0 || at >= all || last !== first + (all - 1) * by)
    throw new UserError(
      `Task ${id} of the Slurm array, ${all} from ${min} to ${last}, has no place.`,
      sayWhich,
    );
  return { engine: 'Slurm', index: at + 1, count: all };
}

/** `first`: the index of the first shard. */
function placed(index: Env, first: 0 | 1, count: Env): { readonly index: number; readonly count: number } {
  const [at, all] = [whole(index) - first + 1, whole(count)];
  if (at >= 1 && at <= all) return { index: at, count: all };
  throw new UserError(`${inWords(index)} and ${inWords(count)} name no shard.`, sayWhich);
}

function whole(variable: Env): number {
  const [text = ''] = Object.values(variable);
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`${inWords(variable)} is not a whole number.`, sayWhich);
}

function inWords(variable: Env): string {
  return Object.entries(variable)
    .map(([name, value]) => `${name}=${value}`)
    .join();
}
