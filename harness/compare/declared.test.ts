import { expect, test } from 'vitest';
import { type FakeSpec, fakeContract } from '../contract/testing/fake-contract.js';
import { declaredDifferences } from './declared.js';

const tuned = { trainable_variables: true, training_argument: true, regularization_losses: 0 } as const;
const side = (height: unknown) => ({ image_size: { height, width: 8 } }) as FakeSpec;
const rate = (given: object) =>
  ({
    hyperparameters: { rate: { type: 'float', default: 0.2, affects: 'inference', ...given } },
  }) as FakeSpec;

test.each<[string, FakeSpec, FakeSpec, readonly [string, string, string] | undefined]>([
  ['nothing', {}, {}, undefined],
  [
    'narrower sizes',
    side({ min: 8, max: 64 }),
    side({ min: 8, max: 48 }),
    ['image height', 'breaking', 'breaking'],
  ],
  [
    'wider sizes',
    side({ min: 8, max: 48 }),
    side({ min: 8, max: 64 }),
    ['image height', 'widening', 'widening'],
  ],
  ['one of them', side({ min: 8, max: 64 }), side(16), ['image height', 'breaking', 'breaking']],
  ['any around it', side(16), side({ min: 8, max: 64 }), ['image height', 'widening', 'widening']],
  [
    'another step',
    side({ min: 8, max: 64, step: 8 }),
    side({ min: 8, max: 56, step: 16 }),
    ['image height', 'breaking', 'breaking'],
  ],
  [
    'a finer step',
    side({ min: 8, max: 56, step: 16 }),
    side({ min: 8, max: 56, step: 8 }),
    ['image height', 'widening', 'widening'],
  ],
  ['more columns', {}, { num_features: 5 }, ['columns', 'breaking', 'breaking']],
  ['other colours', {}, { color_range: [-1, 1] }, ['colour range', 'breaking', 'breaking']],
  ['another endpoint', {}, { endpoint: 'predict' }, ['endpoint', 'breaking', 'breaking']],
  ['no training any more', { fine_tuning: tuned }, {}, ['fine-tuning', 'neutral', 'breaking']],
  ['training', {}, { fine_tuning: tuned }, ['fine-tuning', 'neutral', 'widening']],
  [
    'more losses',
    { fine_tuning: tuned },
    { fine_tuning: { ...tuned, regularization_losses: 1 } },
    ['regularization losses', 'neutral', 'breaking'],
  ],
  ['a new hyperparameter', {}, rate({}), ['hyperparameter rate', 'widening', 'widening']],
  ['a lost hyperparameter', rate({}), {}, ['hyperparameter rate', 'breaking', 'breaking']],
  ['another default', rate({}), rate({ default: 0.5 }), ['hyperparameter rate', 'breaking', 'breaking']],
  [
    'a smaller range',
    rate({ min: 0, max: 1 }),
    rate({ min: 0, max: 0.5 }),
    ['hyperparameter rate', 'breaking', 'breaking'],
  ],
  [
    'a larger range',
    rate({ min: 0, max: 0.5 }),
    rate({ min: 0, max: 1 }),
    ['hyperparameter rate', 'widening', 'widening'],
  ],
])('%s', (_, old, now, expected) => {
  const found = declaredDifferences(fakeContract(old), fakeContract(now));
  expect(found.map(({ what, effect }) => [what, effect.inference, effect['fine-tuning']])).toEqual(
    expected ? [expected] : [],
  );
});
