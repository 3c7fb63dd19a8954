import { describe, expect, test } from 'vitest';
import type { FakeFunction } from '../../savedmodel/testing/fake-function.js';
import { type FakeModelOptions, fakeModel } from '../../savedmodel/testing/fake-model.js';
import { lowerCall } from './calls.js';
import { capturesOf } from './captures.js';

describe('arguments', () => {
  test('each tensor has a placeholder, and captures come after them', () => {
    const { lowered, call } = made({}, { parameters: { training: false, rate: 0.5 } });
    expect(lowered.inputs).toEqual([
      { feed: 'p/in/0', feedDtype: 'float32', dtype: 'float32' },
      { feed: 'p/in/1', feedDtype: 'float32', dtype: 'float32' },
    ]);
    expect(call?.inputs).toEqual([
      'p/in/0/copied',
      'p/in/1/copied',
      'assay/variable/10',
      'assay/variable/11',
    ]);
  });

  test.each([
    ['float32', 'float32', ['Placeholder', 'DeepCopy']],
    ['float64', 'float32', ['Placeholder', 'DeepCopy', 'Cast']],
    ['uint8', 'int32', ['Placeholder', 'DeepCopy', 'Cast']],
    ['int32', 'int32', ['Placeholder', 'DeepCopy']],
    ['bool', 'bool', ['Placeholder', 'DeepCopy']],
    ['string', 'string', ['Placeholder', 'Identity']],
  ])('images of %s are fed as %s', (dtype, feedDtype, ops) => {
    const { lowered, nodes } = made({ images: { dtype } });
    expect(lowered.inputs[0]).toEqual({ feed: 'p/in/0', feedDtype, dtype });
    expect(nodes.filter(({ name }) => name.startsWith('p/in/')).map(({ op }) => op)).toEqual(ops);
  });
});

test.each([
  ['float32', 'Identity', 'values'],
  ['bfloat16', 'Cast', 'values'],
  ['string', 'Shape', 'shape'],
])('a result of %s comes by %s, and gives its %s', (dtype, op, gives) => {
  const model = fakeModel();
  const [called] = model.methods.get('__call__')?.concreteFunctions ?? [];
  const body = called && model.functions.get(called.functionName);
  if (!called || !body) throw new Error('The model has a concrete function.');
  const functions = new Map([[body.name, { ...body, outputs: [{ name: 'r0', dtype }] }]]);
  const { nodes, lowered } = lowerCall({ ...model, functions }, called, 'p', capturesOf(model));
  expect(nodes.at(-1)).toMatchObject({ name: 'p/out/0', op, inputs: ['p/call:0'] });
  expect(lowered.outputs).toEqual([{ dtype, fetch: 'p/out/0', gives }]);
});

function made(fake: FakeFunction, options: FakeModelOptions = {}) {
  const model = fakeModel({ ...options, concreteFunctions: [fake] });
  const [called] = model.methods.get('__call__')?.concreteFunctions ?? [];
  if (!called) throw new Error('The model has a concrete function.');
  const { nodes, lowered } = lowerCall(model, called, 'p', capturesOf(model));
  return { nodes, lowered, call: nodes.find(({ name }) => name === 'p/call') };
}
