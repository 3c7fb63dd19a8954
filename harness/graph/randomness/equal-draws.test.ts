import { describe, expect, test } from 'vitest';
import type { GraphNode } from '../../savedmodel/saved-model.js';
import { flowOf, fn, node } from '../flow/flow.test.support.js';
import { ShapedGraph } from '../shapes/shaped-graph.js';
import { drawKey } from './equal-draws.js';

const shape = node('shape', 'Shape', ['images']);
const seed = node('seed', 'RandomUniformInt', ['shape:output:0']);
const draw = (name: string, of: string, op = 'StatelessRandomUniform') =>
  node(name, op, ['shape:output:0', of]);
const read = (name: string, after: string) => node(name, 'ReadVariableOp', ['handle', `^${after}`]);
const assign = (name: string) => node(name, 'AssignVariableOp', ['handle', 'images']);

describe('two operations give the same numbers', () => {
  test.each<readonly [string, readonly GraphNode[]]>([
    ['drawn with one seed', [seed, draw('a', 'seed:output:0'), draw('b', 'seed:output:0')]],
    ['of a generator seeded alike', [seeded('a', 5n), seeded('b', 5n)]],
    ['read of a variable', [assign('write'), read('a', 'write'), read('b', 'write')]],
  ])('%s', (_, nodes) => {
    const [one, other] = keysOf(nodes);
    expect(one).toBe(other);
  });
});

describe('two operations give numbers of their own', () => {
  test.each<readonly [string, readonly GraphNode[]]>([
    [
      'without a seed',
      [node('a', 'RandomUniform', ['shape:output:0']), node('b', 'RandomUniform', ['shape:output:0'])],
    ],
    ['of generators with other seeds', [seeded('a', 5n), seeded('b', 6n)]],
    [
      'drawn with two seeds',
      [seed, { ...seed, name: 'next' }, draw('a', 'seed:output:0'), draw('b', 'next:output:0')],
    ],
    [
      'of another distribution',
      [seed, draw('a', 'seed:output:0'), draw('b', 'seed:output:0', 'StatelessRandomNormal')],
    ],
    [
      'read before and after a change',
      [assign('write'), assign('again'), read('a', 'write'), read('b', 'again')],
    ],
  ])('%s', (_, nodes) => {
    const [one, other] = keysOf(nodes);
    expect(one).not.toBe(other);
  });
});

function seeded(name: string, value: bigint): GraphNode {
  const attributes = new Map([['seed2', { kind: 'int', value } as const]]);
  return { ...node(name, 'RandomUniform', ['shape:output:0']), attributes };
}

/** Of the operations `a` and `b`. */
function keysOf(nodes: readonly GraphNode[]): readonly string[] {
  const flow = flowOf({ main: fn(['images', 'handle'], ['a:output:0'], [shape, ...nodes]) }, [7]);
  const { root } = flow;
  if (root === undefined) throw new Error('The function is there.');
  const model = { variables: [], resources: new Map(), graphNodes: new Map() };
  const graph = new ShapedGraph(flow, { at: 0, shape: [null, 8] }, model);
  return nodes
    .filter(({ name }) => name === 'a' || name === 'b')
    .map((each) => drawKey(graph, { callSite: root, node: each }));
}
