import { expect, test } from 'vitest';
import { LeftOut } from '../check/violation.js';
import { type FakeSpec, fakeContract } from '../contract/testing/fake-contract.js';
import { CallFailed, EngineError } from '../engine/process/failures.js';
import type { Arguments, Call } from '../engine/subject.js';
import type { FakeBehavior } from '../engine/testing/fake-behavior.js';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import type { Images } from '../images/picture.js';
import { type FakeModelOptions, fakeModel, promisedBy } from '../savedmodel/testing/fake-model.js';
import type { Batch } from '../verdict/batch.js';
import { causeOf } from './cause-of.js';

const batch: Batch = { count: 3, height: 8, width: 9, pattern: 'noise', seed: 1 };
const tuned: FakeSpec = {
  fine_tuning: { training_argument: true },
  hyperparameters: { rate: { type: 'float', default: 0.1, min: 0, max: 1 } },
};
const everything: Arguments = { training: true, rate: 0.5 };

/** Calls fail where this holds. */
type Fails = (images: Images, args: Arguments) => boolean;

/** The cause of what a call throws, in which `fails` says which calls do. */
async function causeOfCall(call: Call, fails: Fails, model: FakeModelOptions = {}) {
  const contract = fakeContract(tuned);
  const answer: FakeBehavior['call'] = (images, args, { sound }) => {
    if (fails(images, args)) throw new CallFailed('no');
    return sound;
  };
  const subject = fakeSubject({
    contract,
    model: fakeModel({ ...promisedBy(contract), ...model }),
    call: answer,
  });
  const error = await subject.call(call.batch, call.args).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return causeOf(error, subject, contract);
}

const at = { height: 8, width: 9 };

test.each<readonly [string, Arguments, Fails, object]>([
  ['a size', {}, () => true, { kind: 'size-failed', at, text: 'The call fails at 8×9' }],
  ['a size, with arguments', everything, () => true, { kind: 'size-failed', at }],
  ['a number of images', {}, ({ count }) => count === 3, { kind: 'batch-failed' }],
  [
    'what images show',
    everything,
    (images) => 'pattern' in images && images.pattern === 'noise',
    { kind: 'contents-failed', at, finding: { expected: expect.stringMatching(/^an output, as for other/) } },
  ],
  ['a number of images, with arguments', everything, ({ count }) => count > 2, { kind: 'batch-failed' }],
  ['training', everything, (_, { training }) => training === true, { kind: 'training-failed' }],
  [
    'a hyperparameter',
    everything,
    (_, { rate }) => rate === 0.5,
    { kind: 'hyperparameter-failed', text: 'The call with training=True, rate=0.5 fails' },
  ],
])('a call that fails over %s', async (_, args, fails, cause) => {
  expect(await causeOfCall({ batch, args }, fails)).toMatchObject(cause);
});

const never: Fails = () => false;
const rate = { name: 'rate', kind: 'tensor', dtype: 'float32', shape: [] } as const;

test.each<readonly [string, Arguments, FakeModelOptions, object]>([
  ['images', {}, { concreteFunctions: [{ images: { dtype: 'uint8' } }] }, { kind: 'images-refused' }],
  ['defaults', {}, { parameters: { training: 'required' } }, { kind: 'defaults-refused' }],
  [
    'training',
    everything,
    { concreteFunctions: [{ args: { training: false } }] },
    { kind: 'training-refused', of: 'training', text: 'The call with training=True is refused' },
  ],
  [
    'a hyperparameter',
    everything,
    { concreteFunctions: [false, true].map((training) => ({ args: { training, rate: 0.1 } })) },
    { kind: 'hyperparameter-refused', of: 'rate' },
  ],
  [
    'two arguments together',
    everything,
    {
      concreteFunctions: [{ args: { training: false, rate } }, { args: { training: true, rate: 0.1 } }],
    },
    { kind: 'hyperparameter-refused', of: 'rate,training' },
  ],
])('a call that is refused for its %s', async (_, args, model, cause) => {
  expect(await causeOfCall({ batch, args }, never, model)).toMatchObject(cause);
});

test('a call that returns no tensor', async () => {
  const concreteFunctions = [false, true].map((training) => ({
    args: { training },
    output: { kind: 'none' } as const,
  }));
  expect(await causeOfCall({ batch }, () => true, { concreteFunctions })).toMatchObject({
    kind: 'wrong-structure',
  });
});

test('a check says itself why it leaves something out', async () => {
  const why = { kind: 'wrong-shape', of: 'f', text: 'The output has shape [3]' } as const;
  expect(await causeOf(new LeftOut(why), undefined, fakeContract())).toBe(why);
});

test.each<readonly [string, unknown, object | undefined]>([
  ['a variable without a value', new EngineError('value-missing', '', 'norm.mean'), { of: 'norm.mean' }],
  ['a model that cannot be loaded', new EngineError('unloadable', 'No file.'), { kind: 'cannot-run' }],
  [
    'an operation that is missing',
    new EngineError('operation-missing', 'No op.'),
    { kind: 'operation-missing' },
  ],
  ['a crash', new EngineError('crash', ''), undefined],
  ['a bug', new TypeError('x is undefined'), undefined],
])('%s', async (_, error, cause) => {
  const found = await causeOf(error, fakeSubject(), fakeContract());
  if (cause) expect(found).toMatchObject(cause);
  else expect(found).toBeUndefined();
});
