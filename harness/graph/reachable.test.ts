import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSavedModel } from '../savedmodel/reading/read.js';
import type {
  Attribute,
  ConcreteFunction,
  GraphNode,
  LibraryFunction,
  SavedModel,
} from '../savedmodel/saved-model.js';
import { everyConcreteFunction, mutates, reachableOperations, withInitialisers } from './reachable.js';

const models = new URL('../../../models-under-test/', import.meta.url);

describe('operations that a concrete function reaches', async () => {
  const model = await readSavedModel(fileURLToPath(new URL('odd-captures', models)));
  const concreteFunctions = model.methods.get('__call__')?.concreteFunctions ?? [];

  test('include those of the functions it calls, each with a place', () => {
    const places = reachableOperations(model, concreteFunctions);
    const place = places.get('MatMul');
    const body = model.functions.get(place?.functionName ?? '')?.nodes ?? [];
    expect(body.find(({ name }) => name === place?.node)?.op).toBe('MatMul');
  });

  test('include what fills its tables only when asked for', () => {
    const fills = 'InitializeTableFromTextFileV2';
    expect(reachableOperations(model, concreteFunctions).has(fills)).toBe(false);
    expect(reachableOperations(model, withInitialisers(model, concreteFunctions)).has(fills)).toBe(true);
  });

  test('leave out the saver that every SavedModel carries', () => {
    const saves = [...model.functions.values()].some(({ nodes }) => nodes.some(({ op }) => op === 'SaveV2'));
    expect(saves).toBe(true);
    expect(reachableOperations(model, everyConcreteFunction(model)).has('SaveV2')).toBe(false);
  });
});

describe('calls are followed through', () => {
  test.each<readonly [string, GraphNode]>([
    ['a function as an operation', node('inner')],
    ['a function attribute', node('PartitionedCall', { f: { kind: 'function', name: 'inner' } })],
    ['the branch of an If', node('If', { else_branch: { kind: 'function', name: 'inner' } })],
    [
      'the branches of a Case',
      node('Case', { branches: { kind: 'list', items: [{ kind: 'function', name: 'inner' }] } }),
    ],
    [
      'a function that another is bound to',
      node('MapDataset', {
        f: {
          kind: 'function',
          name: 'gone',
          attributes: new Map([['g', { kind: 'function', name: 'inner' }]]),
        },
      }),
    ],
  ])('%s', (_, calls) => {
    const model = library({
      outer: [calls, node('While', { body: { kind: 'function', name: 'outer' } })],
      inner: [node('ReadFile')],
    });
    expect(reachableOperations(model, [concreteFunction('outer')]).get('ReadFile')).toEqual({
      functionName: 'inner',
      node: 'a ReadFile',
    });
  });

  test('but not into gradients, and not to functions that are missing', () => {
    const gradient = node('Identity', { _gradient_op_type: { kind: 'string', value: 'inner' } });
    const missing = node('PartitionedCall', { f: { kind: 'function', name: 'gone' } });
    const model = library({ outer: [gradient, missing], inner: [node('ReadFile')] });
    expect([...reachableOperations(model, [concreteFunction('outer')]).keys()]).toEqual([
      'Identity',
      'PartitionedCall',
    ]);
  });
});

describe('a concrete function changes state', () => {
  test.each([
    ['AssignVariableOp', true],
    ['AssignAddVariableOp', true],
    ['AssignSubVariableOp', true],
    ['ResourceScatterNdUpdate', true],
    ['ResourceApplyGradientDescent', true],
    ['ResourceStridedSliceAssign', true],
    ['RngReadAndSkip', true],
    ['StatefulUniform', true],
    ['StatefulStandardNormalV2', true],
    ['LookupTableInsertV2', true],
    ['ReadVariableOp', false],
    ['ResourceGather', false],
    ['StatefulPartitionedCall', false],
    ['StatelessRandomUniformV2', false],
    ['RandomUniform', false],
    ['LookupTableFindV2', false],
  ])('by %s: %s', (op, expected) => {
    expect(mutates(library({ outer: [node(op)] }), concreteFunction('outer'))).toBe(expected);
  });

  test('in training and not at inference, where moving averages are kept', async () => {
    const model = await readSavedModel(fileURLToPath(new URL('tiny-features', models)));
    const changes = model.methods
      .get('__call__')
      ?.concreteFunctions.map((own) => [own.positional[1], mutates(model, own)]);
    expect(changes).toContainEqual([{ kind: 'bool', value: false }, false]);
    expect(changes).toContainEqual([{ kind: 'bool', value: true }, true]);
  });
});

function node(op: string, attributes: Readonly<Record<string, Attribute>> = {}): GraphNode {
  const entries = new Map(Object.entries(attributes));
  return { name: `a ${op}`, op, inputs: [], device: '', attributes: entries, bytes: new Uint8Array() };
}

function concreteFunction(functionName: string): ConcreteFunction {
  return { functionName, positional: [], keyword: {}, captures: [], output: { kind: 'none' } };
}

/** A model that has only a function library. */
function library(bodies: Readonly<Record<string, readonly GraphNode[]>>): SavedModel {
  const made = Object.entries(bodies).map(([name, nodes]): [string, LibraryFunction] => [
    name,
    { name, inputs: [], outputs: [], nodes, returns: new Map(), bytes: new Uint8Array() },
  ]);
  return {
    folder: '',
    tensorflowVersion: '',
    rootNames: [],
    methods: new Map(),
    signatures: new Map(),
    variables: [],
    resources: new Map(),
    assets: [],
    callables: [],
    customGradients: new Map(),
    functions: new Map(made),
    graphNodes: new Map(),
    saver: { filename: '', save: '', restore: '' },
    served: [],
    assetNodes: [],
    functionGradients: [],
    libraryBytes: new Uint8Array(),
    graphVersions: { producer: 0, minConsumer: 0 },
    notes: [],
  };
}
