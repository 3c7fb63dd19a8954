import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contractsOf } from '../harness/run/read-specs.js';
import type { Run } from '../harness/verdict/run.js';
import { splitByDuration, splitByName } from '../harness/verdict/shard/split.js';
import { UserError } from '../harness/verdict/user-error.js';
import type { Plan } from './plan.js';

export type ShardRequest = {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
  /** An earlier run: its durations make all shards take about the same time. */
  readonly durations?: Run;
  /** Options that must be the same in every shard and that no key of a run tells, by name. */
  readonly options: Readonly<Record<string, string>>;
};

/** One part of a plan. Each machine makes the same parts of the same plan. @throws UserError where no duration is of these specs */
export async function shardOf(plan: Plan, { index, count, durations, options }: ShardRequest): Promise<Plan> {
  const names = plan.specs.map(({ file }) => path.relative(plan.cwd, file));
  const shards = durations
    ? splitByDuration(names, measured(names, durations), count)
    : splitByName(names, count);
  const specs = names.map((spec, at) => {
    const specDigest = plan.specs[at]?.digest;
    return { spec, ...(specDigest === undefined ? {} : { specDigest }), shard: shards[at] ?? 1 };
  });
  const needsTensorFlow = contractsOf(plan.specs).length > 0;
  return {
    ...plan,
    specs: plan.specs.filter((_, at) => shards[at] === index),
    shard: { index, count, options: { ...options, ...modulesOf(plan) }, specs, needsTensorFlow },
  };
}

/** In milliseconds, by spec. Of results from the cache, those of the run that they come from. */
function measured(specs: readonly string[], { models }: Run): ReadonlyMap<string, number> {
  const durations = models
    .map(({ spec, durationMs, checks }): [string, number] => [
      spec,
      durationMs || checks.reduce((sum, check) => sum + check.durationMs, 0),
    ])
    .filter(([spec, ms]) => specs.includes(spec) && ms > 0);
  if (durations.length > 0) return new Map(durations);
  throw new UserError(
    'The run of --durations measured none of these specs.',
    'Name a run of these specs that was made in this folder, or leave it out.',
  );
}

/** What the modules of others are: a check that changed between two shards is another check. */
function modulesOf({ modules }: Plan): Record<string, string> {
  return Object.fromEntries(
    modules.flatMap(({ name, file }) =>
      name === undefined
        ? []
        : [[`--checks ${name}`, createHash('sha256').update(readFileSync(file)).digest('hex')]],
    ),
  );
}
