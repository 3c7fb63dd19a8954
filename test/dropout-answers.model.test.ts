import { expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { withSubject } from '../proof/running.js';
import { callsOf } from '../suites/dropout/calls.js';
import { answerFor } from '../suites/dropout/statistics/answer.js';

const sound = (name: string) => inProject('specs', `${name}.yaml`);

/** The answer about the call with `training=True`. */
const answerOf = (spec: string) =>
  withSubject(spec, (subject, contract) => {
    const call = callsOf(contract, 4).find(({ args }) => args?.training === true);
    if (!call) throw new Error(`${spec} declares no training.`);
    return answerFor(subject, call, performance.now() + 60_000);
  });

test.each([
  ['discrete-masks', 'kept'],
  // Moved weights show that a layer lies between the dropped units and the features.
  ['one-unit-per-feature', 'kept'],
  // Moved biases lift units that ReLU keeps at zero.
  ['strongly-negative-bias', 'kept'],
])('%s: %s', async (name, kind) => {
  expect((await answerOf(sound(name))).kind).toBe(kind);
});

test('rows that recur at once, as if the output dropped them, are never called dropped', async () => {
  expect((await answerOf(sound('dropout-of-eight-units'))).kind).not.toBe('dropped');
});

test('nothing is said where the time does not allow for enough calls', async () => {
  const answer = await withSubject(sound('tiny-features'), (subject, contract) =>
    Promise.all(
      callsOf(contract, 4)
        .slice(0, 1)
        .map((call) => answerFor(subject, call, 0)),
    ),
  );
  expect(answer).toMatchObject([
    { kind: 'inconclusive', draws: 1, why: expect.stringContaining('the time limit') },
  ]);
});
