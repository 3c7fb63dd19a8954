import { expect, test } from 'vitest';
import { fakeModel } from '../../savedmodel/testing/fake-model.js';
import { lowerRestores } from './restores.js';

const million = { dtype: 'float32', shape: [1024, 1024] };
const model = fakeModel({
  variables: ['a', 'b', 'c', 'd'].map((path) => ({ path, shape: million.shape, stored: million })),
});
const [a, b, c, d] = model.variables;

function restoresOf(doneWith: (path: string) => string | undefined) {
  const { nodes, stored } = lowerRestores(model, 'x', model.variables, ({ path }) => doneWith(path));
  const reads = nodes.filter(({ op }) => op === 'RestoreV2');
  return { stored, waits: reads.map(({ inputs = [] }) => inputs.slice(3)) };
}

test('many values are read in parts, each once the part before is done with', () => {
  const { stored, waits } = restoresOf((path) => `after/${path}`);
  expect([a, b, c, d].map((one) => one && stored.get(one))).toEqual(['x:0', 'x:1', 'x/1:0', 'x/1:1']);
  expect(waits).toEqual([[], ['^after/a', '^after/b']]);
});

test('a part does not wait for what nothing is done with', () => {
  expect(restoresOf(() => undefined).waits).toEqual([[], []]);
});

test('no variables, no reading', () => {
  expect(lowerRestores(model, 'x', [], () => undefined)).toEqual({ nodes: [], stored: new Map() });
});
