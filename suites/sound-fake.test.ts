import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type FakeSpec, fakeContract } from '../harness/contract/testing/fake-contract.js';
import { fakeSubject } from '../harness/engine/testing/fake-subject.js';
import { changed } from '../harness/engine/testing/tensors.js';
import { decide } from '../harness/run/decide.js';
import { ModelTime } from '../harness/run/model-time.js';
import { fakeAnswers } from '../harness/run/testing/fake-answers.js';
import { fakeModel, promisedBy } from '../harness/savedmodel/testing/fake-model.js';
import { checks } from './all.js';

const folder = fileURLToPath(new URL('../../models-under-test/tiny-features', import.meta.url));

/** What a fake leaves out must be sound, or a unit test would fail or pass for a reason that it does not name. */
test.each<readonly [string, FakeSpec]>([
  ['features', {}],
  ['a classifier', { api: 'image-classification' }],
  ['a signature', { endpoint: { signature: 'serving_default', output: 'logits' } }],
  [
    'fine-tuning with hyperparameters',
    {
      fine_tuning: { training_argument: true, training_effects: ['other'], regularization_losses: 2 },
      hyperparameters: {
        rate: { type: 'float', default: 0.1, min: 0, max: 0.5 },
        steps: { type: 'int', default: 2, min: 1, max: 4 },
        wide: { type: 'bool', default: false },
      },
    },
  ],
])('a fake model without settings breaks no promise: %s', async (_, spec) => {
  const contract = fakeContract(spec);
  const model = fakeModel({ ...promisedBy(contract), also: { folder } });
  const subject = fakeSubject({
    contract,
    model,
    call: (_images, { training, rate = 0, steps = 0, wide }, { sound }) =>
      training
        ? changed(sound, (value) => value * (1.1 + Number(rate) + Number(steps)) + Number(wide))
        : sound,
  });
  const context = {
    contract,
    model,
    subject: async () => subject,
    seed: 1,
    time: new ModelTime(contract.limits),
    unsafe: undefined,
    answers: fakeAnswers(),
  };
  const results = [];
  for (const check of checks) results.push(await decide(check, context));
  // Another endpoint than the root's call is a fault of the spec.
  const named = contract.endpoint.kind === 'method' ? [] : ['signature/root-call'];
  const broken = results.filter(
    ({ id, status }) => status !== 'pass' && status !== 'skip' && !named.includes(id),
  );
  expect(broken.map(({ id, summary }) => `${id}: ${summary}`)).toEqual([]);
  expect(results.filter(({ status }) => status === 'pass').length).toBeGreaterThan(15);
});
