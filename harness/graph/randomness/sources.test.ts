import { expect, test } from 'vitest';
import { constant, operation } from '../../savedmodel/testing/fake-graph.js';
import { fakeModel } from '../../savedmodel/testing/fake-model.js';
import { Flow } from '../flow/flow.js';
import { ShapedGraph } from '../shapes/shaped-graph.js';
import { randomSources } from './sources.js';

/** Noise by a seed, and what else the call does. */
function sourcesOf(seed: string, ...others: Parameters<typeof operation>[]): number {
  const operations = [
    constant('one', 1),
    constant('shape', 4),
    ...others.map((other) => operation(...other)),
    operation('noise', 'StatelessRandomNormal', ['shape:output:0', seed]),
    operation('logits', 'AddV2', ['images', 'noise:output:0']),
  ];
  const model = fakeModel({
    variables: [{ path: 'state', trainable: false, dtype: 'int32' }],
    concreteFunctions: [{ operations, captures: ['state'], results: ['logits:z:0'] }],
  });
  const concreteFunction = model.methods.get('__call__')?.concreteFunctions[0] ?? expect.fail();
  const flow = new Flow(model, concreteFunction);
  const [output] = flow.outputs;
  return randomSources(new ShapedGraph(flow, { at: 0, shape: null }, model), output ?? expect.fail());
}

const read = ['read', 'ReadVariableOp', ['state']] as const;

test.each<[string, number, string, ...(readonly [string, string, readonly string[]])[]]>([
  ['a constant', 0, 'one:output:0'],
  ['a variable that nothing writes to', 0, 'read:value:0', read],
  [
    'a variable that the call advances',
    1,
    'read:value:0',
    read,
    ['add', 'AssignAddVariableOp', ['state', 'one:output:0']],
  ],
  [
    'another random number',
    1,
    'seed:output:0',
    ['seed', 'RandomUniformInt', ['shape:output:0', 'one:output:0', 'one:output:0']],
  ],
])('random numbers seeded by %s: %i source', (_, count, seed, ...others) => {
  expect(
    sourcesOf(
      seed,
      ...others.map(([name, op, inputs]) => [name, op, [...inputs]] as Parameters<typeof operation>),
    ),
  ).toBe(count);
});
