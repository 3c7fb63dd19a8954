import { expect, test } from 'vitest';
import { fakeContract } from '../../harness/contract/testing/fake-contract.js';
import type { Shape } from '../../harness/savedmodel/saved-model.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { tracedForOthers } from './symbolic.js';

const any: Shape = [null, null, null, 3];

test.each<readonly [string, readonly Shape[], RegExp | undefined]>([
  ['the general function alone', [any], undefined],
  ['the general function first', [any, [null, 9, 9, 3], [1, null, null, 3]], undefined],
  ['one size first', [[null, 9, 9, 3], any], /images of \[\?, \?, \?, 3\].* for \[\?, 9, 9, 3\] alone/],
  ['one batch first', [[1, null, null, 3], any], /for \[1, \?, \?, 3\] alone/],
  [
    'sizes without a general function',
    [
      [null, 9, 9, 3],
      [null, 10, 10, 3],
    ],
    undefined,
  ],
])('%s', (_, shapes, warning) => {
  const model = fakeModel({ concreteFunctions: shapes.map((shape) => ({ images: { shape } })) });
  const told = tracedForOthers(model, fakeContract());
  if (warning) expect(told).toMatch(warning);
  else expect(told).toBeUndefined();
});
