import { expect, test } from 'vitest';
import type { CheckResult, ModelRun, Status } from '../verdict/run.js';
import { keptBy } from './kept.js';

function run(status: Status, level: CheckResult['level'] = 'must'): ModelRun {
  const spent = { cases: 1, calls: 1, durationMs: 1 };
  const check = { id: 'acme/one', level, status, demands: 'It MUST.', summary: 'x', reason: 'why', ...spent };
  const named = { name: 'm', spec: 'm.yaml', model: 'm', api: '', digest: '', durationMs: 1, callMs: 1 };
  return { ...named, verdict: 'unknown', checks: [check] };
}

test.each<[Status, Status, string | undefined, number]>([
  ['pass', 'pass', undefined, 0],
  ['pass', 'fail', 'breaking', 0],
  ['pass', 'waived', 'breaking', 0],
  ['fail', 'pass', 'widening', 0],
  ['fail', 'fail', undefined, 0],
  ['skip', 'fail', 'breaking', 0],
  ['pass', 'error', undefined, 1],
  ['error', 'fail', undefined, 1],
  ['error', 'error', undefined, 1],
  ['error', 'pass', undefined, 0],
])('%s in OLD, %s in NEW', (old, now, effect, undecided) => {
  const found = keptBy(run(old), run(now), () => false);
  expect(found.differences.map((one) => one.effect.inference)).toEqual(effect ? [effect] : []);
  expect(found.undecided).toHaveLength(undecided);
});

test('a promise to those who train breaks nothing for others, and a SHOULD nothing at all', () => {
  expect(keptBy(run('pass'), run('fail'), () => true).differences).toMatchObject([
    { effect: { inference: 'neutral', 'fine-tuning': 'breaking' } },
  ]);
  expect(keptBy(run('pass', 'should'), run('fail', 'should'), () => false).differences).toMatchObject([
    { effect: { inference: 'neutral', 'fine-tuning': 'neutral' } },
  ]);
});

test('what shows with training=True alone breaks nothing for those who call the model', () => {
  const { checks, ...model } = run('fail');
  const finding = { where: 'output', expected: 'x', actual: 'y', arguments: { training: true } };
  const trained = { ...model, checks: checks.map((check) => ({ ...check, finding })) };
  expect(keptBy(run('pass'), trained, () => false).differences).toMatchObject([
    { effect: { inference: 'neutral', 'fine-tuning': 'breaking' } },
  ]);
});

test('tells a reason that several promises could not be decided for once', () => {
  const { checks, ...model } = run('error');
  const several = { ...model, checks: checks.flatMap((check) => [check, { ...check, id: 'acme/two' }]) };
  expect(keptBy(run('pass'), several, () => false).undecided).toEqual([
    'Whether NEW keeps acme/one, acme/two is not known: why',
  ]);
});
