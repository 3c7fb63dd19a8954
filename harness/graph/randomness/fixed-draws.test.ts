import { expect, test } from 'vitest';
import { constant } from '../../savedmodel/testing/fake-graph.js';
import { flowOf, fn, node } from '../flow/flow.test.support.js';
import { ShapedGraph } from '../shapes/shaped-graph.js';
import { fixedDraws } from './fixed-draws.js';

const seed = constant('seed', [1, 2]);
const branches = { then_branch: 'one', else_branch: 'other' };
const drawing = fn(
  ['x'],
  ['drawn:output:0'],
  [seed, node('drawn', 'StatelessRandomUniform', ['x', 'seed:output:0'])],
);
const maskOf = (...values: readonly number[]) =>
  fn(
    ['x'],
    ['kept:output:0'],
    [constant('mask', values, 'float32'), node('kept', 'Mul', ['x', 'mask:output:0'])],
  );
const plain = fn(['x'], ['x'], []);

test.each([
  ['in a branch that an argument selects', 'flag', { one: drawing, other: plain }, 1, 0],
  ['in both of them', 'flag', { one: drawing, other: drawing }, 1, 1],
  ['in a branch that the images select', 'images', { one: drawing, other: plain }, 1, 1],
  ['nowhere', 'flag', { one: plain, other: plain }, 0, 0],
  ['by Python, as a mask in one of them', 'flag', { one: maskOf(0, 1.25, 1.25), other: plain }, 1, 0],
  ['by Python, as the same mask in both of them', 'flag', { one: maskOf(0, 2), other: maskOf(0, 2) }, 1, 1],
  ['not by constants with other numbers', 'flag', { one: maskOf(0.5, 1, 2), other: plain }, 0, 0],
] as const)('numbers of a constant seed are drawn %s', (_, decider, functions, all, always) => {
  const flow = flowOf({
    ...functions,
    main: fn(['images', 'flag'], ['if:output:0'], [node('if', 'If', [decider, 'images'], branches)]),
  });
  const [output] = flow.outputs;
  if (output === undefined) throw new Error('The function gives nothing.');
  const model = { variables: [], resources: new Map(), graphNodes: new Map() };
  const found = fixedDraws(new ShapedGraph(flow, { at: 0, shape: [null, 8] }, model), output);
  expect([found.all.size, found.always.size]).toEqual([all, always]);
});
