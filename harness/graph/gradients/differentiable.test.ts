import { expect, test } from 'vitest';
import type { Attribute, GraphNode } from '../../savedmodel/saved-model.js';
import { node } from '../flow/flow.test.support.js';
import { carriesGradient, mayCarryGradient, raisesForGradient, takesGradient } from './differentiable.js';

test.each([
  ['FusedBatchNormV3', 'y', true],
  ['FusedBatchNormV3', 'batch_mean', false],
  ['Relu', 'activations', true],
  ['Sign', 'y', false],
  ['ArgMax', 'output', false],
  ['RandomUniform', 'output', false],
  ['PreventGradient', 'output', false],
  ['AdjustContrastv2', 'output', false],
  ['Addons>Mish', 'output', false],
])('%s: output %s takes a gradient: %s', (op, output, expected) => {
  expect(takesGradient(op, output)).toBe(expected);
});

test.each([
  ['ConcatV2', ['a', 'b', 'c', 'axis', '^before'], [true, true, true, false]],
  ['Select', ['condition', 't', 'e'], [false, true, true]],
  ['ReluGrad', ['gradients', 'features'], [true, false]],
])('inputs of %s', (op, inputs, expected) => {
  expect(expected.map((_, at) => carriesGradient(node('it', op, inputs), at))).toEqual(expected);
});

test.each<readonly [string, Readonly<Record<string, string>>, boolean]>([
  ['AdjustContrastv2', {}, true],
  ['PreventGradient', { T: 'float32' }, true],
  ['PreventGradient', { T: 'int32' }, false],
  ['Bitcast', { T: 'float32', type: 'int32' }, false],
  ['Relu', { T: 'float32' }, false],
  ['Floor', { T: 'float32' }, false],
  ['ShapeN', { T: 'float32', out_type: 'int32' }, false],
])('%s of %o: TensorFlow raises an error: %s', (op, types, expected) => {
  expect(raisesForGradient(typed(op, types))).toBe(expected);
});

test('integers lead no gradient in', () => {
  const dequantize = typed('Dequantize', { T: 'quint8' });
  expect([0, 1].map((at) => mayCarryGradient({ ...dequantize, inputs: ['x', 'min', 'max'] }, at))).toEqual([
    false,
    true,
  ]);
});

function typed(op: string, types: Readonly<Record<string, string>>): GraphNode {
  const entries = Object.entries(types).map(([name, value]): [string, Attribute] => [
    name,
    { kind: 'type', value },
  ]);
  return { ...node('it', op, []), attributes: new Map(entries) };
}
