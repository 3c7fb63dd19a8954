import { expect, test } from 'vitest';
import type { ConcreteFunction, Endpoint } from '../savedmodel/saved-model.js';
import { sizes } from './sizes.js';

type Side = number | null;

/** A call with a concrete function for each size. */
function taking(...traced: readonly (readonly [Side, Side])[]): Endpoint {
  const concreteFunctions = traced.map(
    ([height, width]): ConcreteFunction => ({
      functionName: 'f',
      positional: [{ kind: 'tensor', name: 'images', dtype: 'float32', shape: [null, height, width, 3] }],
      keyword: {},
      captures: [],
      output: { kind: 'none' },
    }),
  );
  const none = { variadic: false, anyPositional: false, anyKeyword: false, parameters: [] };
  return { name: '__call__', nodeId: 0, kind: 'polymorphic', ...none, concreteFunctions };
}

test.each([
  ['any size instead of one', taking([32, 32]), taking([null, null]), ['32×32', 'any×any']],
  ['one more', taking([32, 32]), taking([32, 32], [64, 64]), ['32×32', '32×32, 64×64']],
] as const)('%s is more than before', (_, old, now, [before, after]) => {
  expect(sizes(old, now)).toMatchObject([{ old: before, new: after, effect: { inference: 'widening' } }]);
});

test.each([
  ['the same', taking([null, 32]), taking([null, 32])],
  ['less, which calls show', taking([null, null]), taking([32, 32])],
  ['another', taking([32, 32]), taking([64, 64])],
  ['the same twice, as for both values of training', taking([32, 32]), taking([32, 32], [32, 32])],
])('%s is no more', (_, old, now) => {
  expect(sizes(old, now)).toEqual([]);
});
