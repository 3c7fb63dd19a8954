import { expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { runOf } from '../proof/running.js';
import { rowsIndependent } from '../suites/batching/rows-independent.js';

const twin = (name: string) => inProject('models-under-test', 'twins', `${name}.yaml`);
const model = (name: string) => inProject('specs', `${name}.yaml`);

test('a coupling of one part in a million is caught, and rounding of percents is not blamed', {
  timeout: 600_000,
}, async () => {
  const coupled = ['mean-by-a-millionth', 'row-before-by-a-millionth', 'large-batches-by-a-millionth'];
  const sound = ['group-norm', 'group-norm-of-pixels', 'global-pooling'];
  const run = await runOf([...coupled.map(twin), ...sound.map(model)], 11, { checks: [rowsIndependent] });
  const statuses = run.models.map(({ name, checks }) => [
    name,
    checks.map(({ status, finding }) => [status, finding?.where]),
  ]);
  expect(Object.fromEntries(statuses)).toEqual({
    ...Object.fromEntries(coupled.map((name) => [name, [['fail', 'row beside other images']]])),
    ...Object.fromEntries(sound.map((name) => [name, [['pass', undefined]]])),
  });
  const [loosest] = run.models
    .filter(({ name }) => name === 'group-norm-of-pixels')
    .map(({ checks }) => checks[0]?.evidence?.noise);
  expect(loosest).toMatchObject({ origin: expect.stringContaining('copies of the image') });
});
