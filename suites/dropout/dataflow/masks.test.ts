import { describe, expect, test } from 'vitest';
import { flowOf, fn, node } from '../../../harness/graph/flow/flow.test.support.js';
import { ShapedGraph } from '../../../harness/graph/shapes/shaped-graph.js';
import type { GraphNode } from '../../../harness/savedmodel/saved-model.js';
import { masksOn } from './masks.js';

const gone = node('gone', 'PartitionedCall', ['images'], { f: 'lost' });
const random = [node('shape', 'Shape', ['images']), node('random', 'RandomUniform', ['shape:output:0'])];
const masked = [...random, node('masked', 'Mul', ['images', 'random:output:0'])];

describe('what cannot be followed is reported, where something random may lie behind it', () => {
  test.each<readonly [string, readonly GraphNode[], string]>([
    [
      'a function that is missing',
      [gone, node('last', 'Add', ['images', 'gone:output:0'])],
      'there is no function lost',
    ],
    [
      'a function that is missing, behind an operation that is not known',
      [gone, node('last', 'Swirl', ['gone:output:0'])],
      'there is no function lost',
    ],
  ])('%s', (_, nodes, why) => {
    expect(found(nodes)).toMatchObject({ masks: [], doubts: [why] });
  });
});

test.each<readonly [string, readonly GraphNode[]]>([
  ['an operation that is not known, after a mask', [...masked, node('last', 'Swirl', ['masked:z:0'])]],
  ['a module whose code is not in the graph', [node('last', 'XlaCustomCallV2', ['images'])]],
  [
    'a JAX export that takes a random seed',
    [...random, node('last', 'XlaCallModule', ['images', 'random:output:0'])],
  ],
])('%s is reported as what cannot be looked into', (_, nodes) => {
  const { masks, doubts, opaque } = found(nodes);
  expect({ masks, doubts }).toEqual({ masks: [], doubts: [] });
  expect(opaque.map(({ node: { name } }) => name)).toEqual(['last']);
});

describe('what cannot be followed does not matter', () => {
  test.each<readonly [string, readonly GraphNode[]]>([
    ['where nothing random is behind it', [node('last', 'Swirl', ['images'])]],
    ['before a layer that mixes units', [gone, node('last', 'MatMul', ['gone:output:0', 'images'])]],
  ])('%s', (_, nodes) => {
    expect(found(nodes)).toMatchObject({ masks: [], doubts: [] });
  });
});

test('a mask is found beside what cannot be followed', () => {
  const { masks } = found([gone, ...masked, node('last', 'Add', ['masked:z:0', 'gone:output:0'])]);
  expect(masks.map(({ path }) => path.map((operation) => operation.node.name))).toEqual([
    ['random', 'masked', 'last'],
  ]);
});

test('what is random is reported where only layers that mix units lead from it to the output', () => {
  const { mixed } = found([...masked, node('last', 'MatMul', ['masked:z:0', 'images'])]);
  expect(mixed.map((operation) => operation.node.name)).toEqual(['random']);
});

test('pooling at places that are chosen at random is no mask', () => {
  expect(found([node('last', 'FractionalMaxPool', ['images'])])).toMatchObject({ masks: [], doubts: [] });
});

test('a branch in a loop that is decided by its own result of the round before ends the walk', () => {
  const branches = { then_branch: 'draw', else_branch: 'keep' };
  const { doubts } = found(
    [
      node('loop', 'While', ['images', 'images'], { cond: 'keep', body: 'round' }),
      node('last', 'Mul', ['images', 'loop:output:1']),
    ],
    {
      round: fn(['x', 'flag'], ['x', 'if:output:0'], [node('if', 'If', ['flag', 'x'], branches)]),
      draw: fn(['x'], ['random:output:0'], [node('random', 'RandomUniform', ['x'])]),
      keep: fn(['x'], ['x'], []),
    },
  );
  expect(doubts).toEqual([
    'the shapes do not show whether RandomUniform (random in draw) is the same for all units',
  ]);
});

/** What is found on the operation `last` of a function of images with 8 columns. */
function found(nodes: readonly GraphNode[], functions: Parameters<typeof flowOf>[0] = {}) {
  const flow = flowOf({ ...functions, main: fn(['images'], ['last:z:0'], nodes) });
  const [output] = flow.outputs;
  if (output === undefined) throw new Error('The function gives nothing.');
  const model = { variables: [], resources: new Map(), graphNodes: new Map() };
  return masksOn(new ShapedGraph(flow, { at: 0, shape: [null, 8] }, model), output);
}
