import { expect, test } from 'vitest';
import type { Check } from '../../check/check.js';
import { Violation } from '../../check/violation.js';
import { CallFailed, EngineError } from '../../engine/process/failures.js';
import { tensor } from '../../engine/testing/tensors.js';
import { cornersOf } from '../../images/corners.js';
import { spaceOf } from '../../images/space.js';
import { type CheckCases, testCheck } from './test-check.js';

const narrow: Check = {
  id: 'tests/narrow',
  level: 'must',
  demands: 'The output MUST have two columns.',
  explain: { matters: '', decided: '', fix: '' },
  applies: ({ api }) => api === 'image-feature-vector' || 'It is a classifier.',
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  holds: async (subject, batch) => {
    const { shape } = await subject.call(batch);
    if (shape[1] !== 2) throw new Violation({ where: 'columns', expected: '2', actual: String(shape[1]) });
  },
  held: () => 'two columns',
};

const passing = { name: 'two columns', spec: { num_features: 2 } };
const failing = { name: 'four columns', finding: { where: 'columns', actual: '4' } };

test('each case is a test of its own, named for what the check must say', async () => {
  const registered = await run({
    passes: [passing],
    fails: [
      failing,
      { name: 'a call that fails', call: raise(new CallFailed('no')), finding: { actual: 'no' } },
    ],
    undecided: [{ name: 'a crash', call: raise(new EngineError('crash', 'Gone.')), reason: /^Gone\. / }],
    skips: [{ name: 'a classifier', spec: { api: 'image-classification' }, reason: 'It is a classifier.' }],
  });
  expect(registered).toEqual({
    'passes: two columns': 'ok',
    'fails: four columns': 'ok',
    'fails: a call that fails': 'ok',
    'undecided: a crash': 'ok',
    'skips: a classifier': 'ok',
  });
});

test.each<readonly [string, CheckCases, string]>([
  ['passes a model that it must fail', { passes: [passing], fails: [{ ...failing, ...passing }] }, 'pass'],
  ['fails a model that it must pass', { passes: [{ name: 'four columns' }], fails: [failing] }, 'fail'],
  [
    'finds something else',
    { passes: [passing], fails: [{ ...failing, finding: { actual: /^5$/ } }] },
    "actual: '4'",
  ],
  [
    'shows it with another batch',
    { passes: [passing], fails: [{ ...failing, finding: { batch: { height: 9 } } }] },
    'height: 8',
  ],
])('a check that %s does not pass its test', async (_, cases, difference) => {
  expect(Object.values(await run(cases)).filter((outcome) => outcome !== 'ok')).toEqual([
    expect.stringContaining(difference),
  ]);
});

test('keys beside the lists hold for every case that does not have them', async () => {
  const [five, two] = [5, 2].map((columns) => ({
    call: ({ count }: { count: number }) => tensor([count, columns]),
  }));
  expect(
    await run({
      ...two,
      passes: [{ name: 'as all' }],
      fails: [{ name: 'as only this one', ...five, finding: { actual: '5' } }],
    }),
  ).toEqual({ 'passes: as all': 'ok', 'fails: as only this one': 'ok' });
});

/** What came of each test that is registered: ok, or the message of its failure. */
async function run(cases: CheckCases): Promise<Readonly<Record<string, string>>> {
  const registered: [string, () => Promise<void>][] = [];
  testCheck(narrow, cases, {
    describe: (_name, register) => register(),
    test: (name, body) => registered.push([name, body]),
  });
  const outcomes = registered.map(
    async ([name, body]) =>
      [
        name,
        await body().then(
          () => 'ok',
          (error: Error) => error.message,
        ),
      ] as const,
  );
  return Object.fromEntries(await Promise.all(outcomes));
}

function raise(error: Error): () => never {
  return () => {
    throw error;
  };
}
