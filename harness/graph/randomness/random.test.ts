import { describe, expect, test } from 'vitest';
import type { Attribute, GraphNode } from '../../savedmodel/saved-model.js';
import { flowOf, fn, node } from '../flow/flow.test.support.js';
import { ShapedGraph } from '../shapes/shaped-graph.js';
import { isRandom, randomnessOf, rearranges } from './random.js';

describe('an operation is random', () => {
  test.each([
    ['RandomUniform', 'kernel'],
    ['NonDeterministicInts', 'kernel'],
    ['StatefulUniform', 'generator'],
    ['Timestamp', 'clock'],
    ['StatelessRandomUniformV2', 'seed'],
    ['XlaCallModule', 'unseen'],
    ['LRNGrad', undefined],
    ['RngSkip', undefined],
    ['StatelessRandomGetAlg', undefined],
    ['Addons>Mish', undefined],
  ])('%s: %s', (op, by) => {
    expect(randomnessOf(node('it', op, []))?.by).toBe(by);
  });

  test('unless an attribute keeps it from it', () => {
    expect(randomnessOf(node('it', 'FractionalMaxPool', []))?.by).toBe('kernel');
    expect(randomnessOf(pooling({ kind: 'bool', value: false }))?.by).toBe('kernel');
    expect(randomnessOf(pooling({ kind: 'bool', value: true }))).toBeUndefined();
  });
});

test('shuffles, crops and pooling at random places pass on their input; noise does not', () => {
  const rearranging = [
    'RandomShuffle',
    'RandomCrop',
    'FractionalMaxPool',
    'RandomUniform',
    'StochasticCastToInt',
    'Relu',
  ];
  expect(rearranging.filter((op) => rearranges(node('it', op, [])))).toEqual([
    'RandomShuffle',
    'RandomCrop',
    'FractionalMaxPool',
  ]);
});

describe('a seed', () => {
  test.each([
    ['that is constant gives the same each time', 'seed:output:0', false],
    ['that is given may differ', 'x', true],
    ['that is drawn differs', 'drawn:output:0', true],
    ['that is the shape of something does not', 'shape:output:0', false],
  ])('%s', (_, seed, expected) => {
    const seeded = node('seeded', 'StatelessRandomUniform', ['size:output:0', seed]);
    const others = [
      node('seed', 'Const', []),
      node('size', 'Const', []),
      node('shape', 'Shape', ['x']),
      node('drawn', 'RandomUniform', ['size:output:0']),
    ];
    const flow = flowOf({ main: fn(['x'], ['seeded:output:0'], [...others, seeded]) });
    const model = { variables: [], resources: new Map(), graphNodes: new Map() };
    const graph = new ShapedGraph(flow, { at: 0, shape: [null] }, model);
    if (flow.root === undefined) throw new Error('The function is there.');
    expect(isRandom(graph, { callSite: flow.root, node: seeded })).toBe(expected);
  });
});

function pooling(deterministic: Attribute): GraphNode {
  return { ...node('it', 'FractionalMaxPool', []), attributes: new Map([['deterministic', deterministic]]) };
}
