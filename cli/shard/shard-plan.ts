import { unlink } from 'node:fs/promises';
import path from 'node:path';
import { nameMark, type Plan, runsInCi } from '../../api/plan.js';
import { shardOf } from '../../api/shard.js';
import { settings } from '../../harness/engine/process/confinement/environment.js';
import { whyNotWritten, writeAtomically } from '../../harness/store/atomic-file.js';
import { readRun } from '../../harness/store/stored-run.js';
import { plural } from '../../harness/verdict/plural.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { visible } from '../../reports/wording/visible.js';
import type { CheckFlags } from '../check-flags.js';
import type { Io } from '../io.js';
import { expectWithin } from '../report-folder.js';
import type { Env } from './engines.js';
import { type RequestedShard, requestedShard } from './requested.js';

/** The part of the specs that this machine is to run, if it is not all. @throws UserError where shards could not be merged */
export function shardOfFlags(flags: CheckFlags, env: Env): RequestedShard | undefined {
  const shard = requestedShard(flags.shard, env);
  if (shard === undefined) {
    if (flags.durations === undefined) return undefined;
    throw new UserError('--durations splits specs among shards, and there are none.', 'Give --shard, too.');
  }
  if (flags.shard === undefined && flags.model !== undefined && !flags.model.includes(nameMark))
    throw new UserError(
      `${shard.by} makes this shard ${shard.index} of ${shard.count}, and --model names a model for one spec: all shards but one would check nothing.`,
      'To check it here: --shard off. To split the specs nevertheless, name the shard, as in --shard 2/3.',
    );
  if (flags.seed === undefined)
    throw new UserError(
      `All shards of a run need the same seed, and ${shard.by} makes this shard ${shard.index} of ${shard.count}.`,
      'Give each the same, as in --seed 7. To check all specs here: --shard off',
    );
  return shard;
}

/** The part of a plan that is a shard's, told beside the output. */
export async function planOfShard(
  plan: Plan,
  shard: RequestedShard,
  flags: CheckFlags,
  { stderr }: Pick<Io, 'stderr'>,
): Promise<Plan> {
  const durations = flags.durations === undefined ? undefined : await readRun(flags.durations);
  const { index, count, by, statusFile } = shard;
  const options = optionsOf(flags, process.env);
  const part = await shardOf(plan, { index, count, options, ...(durations ? { durations } : {}) });
  if (statusFile !== undefined) await touch(statusFile);
  const specs = `${part.specs.length} of ${plural(plan.specs.length, 'spec')}`;
  stderr.write(
    visible(`Shard ${index} of ${count}, as ${by} says: ${specs}. assay merge puts the parts together.`),
  );
  stderr.write('\n');
  return part;
}

/** A shard that is lost must leave no part of an earlier run where its own would be. */
export async function forgetPart({ out, confine = runsInCi() }: CheckFlags): Promise<void> {
  if (confine) expectWithin(path.resolve(out));
  // Where it cannot be removed, nor can the folder be written to, which is told in its turn.
  await unlink(path.join(out, 'run.json')).catch(unlessSystemError);
}

async function touch(file: string): Promise<void> {
  const why = await whyNotWritten(() => writeAtomically(file, ''));
  if (why !== undefined)
    throw new UserError(`${file} could not be written, as ${why}.`, 'Bazel takes it for a sign of sharding.');
}

/** The variables by which engines name a run, and by which the user does. */
const runIds = ['ASSAY_RUN', 'GITHUB_RUN_ID', 'CI_PIPELINE_ID', 'SLURM_ARRAY_JOB_ID'];

/** The run that this machine is a part of, as engines or the user name it; undefined where nobody does. */
export function nameOfRun(env: Env): string | undefined {
  const name = runIds.find((one) => env[one]);
  return name && `${name} ${env[name]}`;
}

/** By which TensorFlow computes in another way. */
function tensorFlowSettings(): string {
  return Object.entries(settings())
    .filter(([name]) => /^TF_(?!NUM_|CPP_)/.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** What must be the same in all shards, and stands nowhere else in a run. */
function optionsOf({ modelDeadline, memory, tensorflow, model }: CheckFlags, env: Env) {
  const options = {
    '--model-deadline': modelDeadline,
    '--memory': memory,
    '--tensorflow': tensorflow,
    '--model': model,
    'the environment of TensorFlow': tensorFlowSettings() || undefined,
    'the run': nameOfRun(env),
  };
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
