import { expect, test } from 'vitest';
import type { Attribute } from '../../savedmodel/saved-model.js';
import { operation } from '../../savedmodel/testing/fake-graph.js';
import { refusalOf } from './refusals.js';

const shapes = (...given: readonly (readonly (number | null)[])[]): Attribute => ({
  kind: 'list',
  items: given.map((value): Attribute => ({ kind: 'shape', value })),
});
const square = shapes([null, 4], [null, 4, 4], [null, 4, 4]);
const unknown = shapes([null, null], [null, null, null], [null, 4, null]);
const tall = shapes([null, 4], [null, 9, 9], [null, 4, 4]);

test.each([
  ['lstsq, fast', 'MatrixSolveLs', { fast: true }, undefined],
  ['lstsq, not fast', 'MatrixSolveLs', { fast: false }, /^ValueError/],
  ['factors of known size', 'Qr', { _output_shapes: square }, undefined],
  ['factors of unknown size', 'Qr', { _output_shapes: unknown }, /^NotImplementedError/],
  ['vectors of known size', 'Svd', { _output_shapes: square, full_matrices: true }, undefined],
  ['vectors of unknown size', 'Svd', { _output_shapes: unknown }, /^NotImplementedError/],
  ['singular values alone', 'Svd', { _output_shapes: unknown, compute_uv: false }, undefined],
  ['all vectors of a tall matrix', 'Svd', { _output_shapes: tall, full_matrices: true }, /full_matrices/],
  ['some vectors of a tall matrix', 'Svd', { _output_shapes: tall, full_matrices: false }, undefined],
  ['a shape that the files do not have', 'Svd', {}, undefined],
  ['another operation', 'Relu', {}, undefined],
] as const)('%s', (_, op, attributes, refusal) => {
  const found = refusalOf(operation('node', op, ['x'], attributes));
  if (refusal === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(refusal);
});
