import { expect, test } from 'vitest';
import type { CheckFlags } from '../check-flags.js';
import type { Env } from './engines.js';
import { requestedShard } from './requested.js';
import { shardOfFlags } from './shard-plan.js';

const gitlab = { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3', CI_JOB_NAME: 'contract 2/3' };
const bazel = { TEST_SHARD_INDEX: '0', TEST_TOTAL_SHARDS: '3', TEST_SHARD_STATUS_FILE: '/s' };
const kubernetes = { JOB_COMPLETION_INDEX: '0' };
const slurm = {
  SLURM_ARRAY_TASK_ID: '9',
  SLURM_ARRAY_TASK_MIN: '5',
  SLURM_ARRAY_TASK_MAX: '9',
  SLURM_ARRAY_TASK_COUNT: '3',
  SLURM_ARRAY_TASK_STEP: '2',
};

test.each<[string, string | undefined, Env, string | undefined]>([
  ['nothing says anything', undefined, {}, undefined],
  ['the user says it', '2/3', {}, '2/3 by --shard'],
  ['the user overrules an engine', '1/4', gitlab, '1/4 by --shard'],
  ['the user wants all', 'off', { ...gitlab, ...bazel }, undefined],
  ['GitLab', undefined, gitlab, '2/3 by GitLab'],
  ['GitLab, as somebody sets its variables', undefined, { ...gitlab, CI_JOB_NAME: '' }, '2/3 by GitLab'],
  ['GitLab, with `parallel: matrix`', undefined, { ...gitlab, CI_JOB_NAME: 'contract: [2.15.1]' }, undefined],
  ['GitLab, without `parallel`', undefined, { CI_NODE_TOTAL: '1', CI_JOB_NAME: 'contract' }, undefined],
  ['Bazel counts from 0', undefined, bazel, '1/3 by Bazel'],
  ['Bazel, without shards', undefined, { TEST_TOTAL_SHARDS: '1' }, undefined],
  ['Kubernetes, with a total', 'auto/3', kubernetes, '1/3 by Kubernetes'],
  ['Slurm, in steps', undefined, slurm, '3/3 by Slurm'],
  [
    'Slurm, without steps',
    undefined,
    { ...slurm, SLURM_ARRAY_TASK_MAX: '', SLURM_ARRAY_TASK_STEP: undefined, SLURM_ARRAY_TASK_ID: '6' },
    '2/3 by Slurm',
  ],
])('%s', (_, option, env, shard) => {
  const found = requestedShard(option, env);
  expect(found && `${found.index}/${found.count} by ${found.by}`).toBe(shard);
});

test('Bazel names the file that tells it that shards are honoured', () => {
  expect(requestedShard(undefined, bazel)?.statusFile).toBe('/s');
});

test.each<[string | undefined, Env, string]>([
  ['2', {}, '--shard 2 names no shard.'],
  ['0/3', {}, '--shard 0/3 names no shard.'],
  ['', {}, '--shard  names no shard.'],
  ['4/3', {}, 'There is no shard 4 of 3.'],
  ['1/10000', {}, '10000 shards are too many.'],
  ['auto/3', {}, '--shard auto/3: no engine says which shard this is.'],
  ['auto/4', gitlab, 'GitLab has 3 shards, and --shard says 4.'],
  ['auto/3', { JOB_COMPLETION_INDEX: '3' }, 'There is no shard 4 of 3.'],
  [undefined, kubernetes, 'Kubernetes says that this is part 1 of a job, and not of how many.'],
  [undefined, { ...gitlab, ...bazel }, 'Both GitLab and Bazel split this job.'],
  [
    undefined,
    { ...bazel, TEST_SHARD_INDEX: '3' },
    'TEST_SHARD_INDEX=3 and TEST_TOTAL_SHARDS=3 name no shard.',
  ],
  [undefined, { ...bazel, TEST_SHARD_INDEX: 'x' }, 'TEST_SHARD_INDEX=x is not a whole number.'],
  [
    undefined,
    { CI_NODE_INDEX: '0', CI_NODE_TOTAL: '3' },
    'CI_NODE_INDEX=0 and CI_NODE_TOTAL=3 name no shard.',
  ],
  [
    undefined,
    { ...slurm, SLURM_ARRAY_TASK_ID: '8' },
    'Task 8 of the Slurm array, 3 from 5 to 9, has no place.',
  ],
  [
    undefined,
    { ...slurm, SLURM_ARRAY_TASK_MAX: '12' },
    'Task 9 of the Slurm array, 3 from 5 to 12, has no place.',
  ],
  [
    undefined,
    { ...slurm, SLURM_ARRAY_TASK_STEP: '0' },
    'Task 9 of the Slurm array, 3 from 5 to 9, has no place.',
  ],
])('%s in %j is refused', (option, env, message) => {
  expect(() => requestedShard(option, env)).toThrow(message);
});

test.each<[Partial<CheckFlags>, string | undefined]>([
  [{ model: 'model' }, 'GitLab makes this shard 2 of 3, and --model names a model for one spec'],
  [{ model: 'models/{name}' }, undefined],
  [{ model: 'model', shard: '2/3' }, undefined],
  [{ model: 'model', shard: 'auto/3' }, undefined],
  [{}, undefined],
])('with %j, in a job that an engine has split: refused for %s', (flags, message) => {
  const asked = () => shardOfFlags({ report: 'json', out: 'out', ...flags, seed: 7 }, gitlab);
  if (message === undefined) expect(asked()).toMatchObject({ index: 2 });
  else expect(asked).toThrow(message);
});
