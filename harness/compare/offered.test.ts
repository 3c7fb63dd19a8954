import { expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { type FakeModelOptions, fakeModel } from '../savedmodel/testing/fake-model.js';
import { offeredDifferences } from './offered.js';

const contract = fakeContract({
  hyperparameters: {
    rate: { type: 'float', default: 0.2, affects: 'inference' },
    keep: { type: 'float', default: 0.2, affects: 'training' },
  },
});
const with_ = (parameters: FakeModelOptions['parameters']): FakeModelOptions => ({
  parameters: parameters ?? {},
});
const float = (value: number) => ({ kind: 'float', value }) as const;

test.each<[string, FakeModelOptions, FakeModelOptions, readonly [string, string, string][]]>([
  ['nothing', {}, {}, []],
  ['a required argument', {}, with_({ rate: 'required' }), [['argument rate', 'breaking', 'breaking']]],
  ['an optional argument', {}, with_({ rate: float(1) }), [['argument rate', 'widening', 'widening']]],
  ['no such argument', with_({ rate: float(1) }), {}, [['argument rate', 'breaking', 'breaking']]],
  ['not promised before', with_({ extra: float(1) }), {}, [['argument extra', 'neutral', 'neutral']]],
  [
    'another default',
    with_({ rate: float(1) }),
    with_({ rate: float(2) }),
    [['argument rate', 'breaking', 'breaking']],
  ],
  [
    'another default in training',
    with_({ keep: float(1) }),
    with_({ keep: float(2) }),
    [['argument keep', 'neutral', 'breaking']],
  ],
  [
    'another order of variables',
    { variables: ['kernel', 'bias'] },
    { variables: ['bias', 'kernel'] },
    [
      ['variables', 'neutral', 'breaking'],
      ['trainable variables', 'neutral', 'breaking'],
    ],
  ],
  ['more losses', {}, { losses: 1 }, [['regularization losses', 'neutral', 'breaking']]],
  [
    'no such endpoint',
    {},
    { endpoint: { kind: 'method', name: 'predict' } },
    [['__call__', 'breaking', 'breaking']],
  ],
])('%s', (_, old, now, expected) => {
  const found = offeredDifferences(fakeModel(old), fakeModel(now), contract);
  expect(found.map(({ what, effect }) => [what, effect.inference, effect['fine-tuning']])).toEqual(expected);
});
