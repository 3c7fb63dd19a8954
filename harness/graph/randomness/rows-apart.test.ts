import { describe, expect, test } from 'vitest';
import type { GraphNode } from '../../savedmodel/saved-model.js';
import { constant, operation } from '../../savedmodel/testing/fake-graph.js';
import { flowOf, fn } from '../flow/flow.test.support.js';
import { ShapedGraph } from '../shapes/shaped-graph.js';
import { keepsRowsApart } from './rows-apart.js';

const over = (name: string, of: string, axes: readonly number[]) => [
  constant(`${name}_axes`, axes),
  operation(name, 'Mean', [of, `${name}_axes:output:0`]),
];
const read = (name: string, ...after: readonly string[]) =>
  operation(name, 'ReadVariableOp', ['handle', ...after.map((one) => `^${one}`)]);
const write = (value: string) => operation('write', 'AssignVariableOp', ['handle', value]);
const mask = [
  operation('shape', 'Shape', ['images']),
  operation('mask', 'RandomUniform', ['shape:output:0']),
];
const sum = (one: string, other: string) =>
  operation('out', 'AddV2', [`${one}:output:0`, `${other}:output:0`]);
const norm = (isTraining: boolean) =>
  operation('out', 'FusedBatchNormV3', ['images', 'mean', 'mean', 'mean', 'mean'], {
    is_training: isTraining,
  });

describe('rows are kept apart', () => {
  test.each<readonly [string, readonly GraphNode[]]>([
    ['by a mask', [...mask, operation('out', 'Mul', ['images', 'mask:output:0'])]],
    ['by a mean over pixels', over('out', 'images', [1, 2])],
    ['by the same, counted from the last axis', over('out', 'images', [-2, -3])],
    ['by a softmax over columns', [operation('out', 'Softmax', ['images'])]],
    ['by weights', [read('kernel'), operation('out', 'Conv2D', ['images', 'kernel:value:0'])]],
    ['by a batch norm at inference', [norm(false)]],
    [
      'by an average that is read before it moves',
      [
        read('average'),
        ...over('all', 'images', [0, 1, 2]),
        write('all:output:0'),
        operation('out', 'Sub', ['images', 'average:value:0']),
      ],
    ],
  ])('%s', (_, nodes) => expect(apart(nodes)).toBe(true));
});

describe('rows may be mixed', () => {
  test.each<readonly [string, readonly GraphNode[]]>([
    [
      'by a mean over images',
      [...over('all', 'images', [0, 1, 2]), operation('out', 'Sub', ['images', 'all:output:0'])],
    ],
    ['by one that a mask hides', [...mask, ...over('all', 'images', [0]), sum('mask', 'all')]],
    ['by axes that are computed', [operation('out', 'Mean', ['images', 'axes'])]],
    ['by a batch norm in training', [norm(true)]],
    ['by an order of axes', [operation('out', 'Transpose', ['images', 'axes'])]],
    ['by a product of the images', [operation('out', 'MatMul', ['images', 'images'])]],
    [
      'by a softmax over the images',
      [...over('rows', 'images', [1, 2, 3]), operation('out', 'Softmax', ['rows:output:0'])],
    ],
    ['by an operation that nobody knows', [operation('out', 'Unheard', ['images'])]],
    [
      'by an average that is read after it moved',
      [
        ...over('all', 'images', [0, 1, 2]),
        write('all:output:0'),
        read('average', 'write'),
        operation('out', 'Sub', ['images', 'average:value:0']),
      ],
    ],
  ])('%s', (_, nodes) => expect(apart(nodes)).toBe(false));
});

/** Of the operation `out`. */
function apart(nodes: readonly GraphNode[]): boolean {
  const output = nodes.find(({ name }) => name === 'out')?.op === 'FusedBatchNormV3' ? 'y' : 'output';
  const flow = flowOf({ main: fn(['images', 'mean', 'axes', 'handle'], [`out:${output}:0`], nodes) }, [7]);
  const graph = new ShapedGraph(
    flow,
    { at: 0, shape: [null, 8, 8, 3] },
    { variables: [], resources: new Map(), graphNodes: new Map() },
  );
  const [value] = flow.outputs;
  if (value === undefined) throw new Error('The function is there.');
  return keepsRowsApart(graph, value);
}
