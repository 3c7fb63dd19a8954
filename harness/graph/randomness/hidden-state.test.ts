import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { readSavedModel } from '../../savedmodel/reading/read.js';
import {
  type FakeAttribute,
  functionNamed,
  libraryFunction,
  operation,
} from '../../savedmodel/testing/fake-graph.js';
import { hasHiddenState } from './hidden-state.js';

const models = new URL('../../../../models-under-test/', import.meta.url);

test.each([
  ['tiny-features', false],
  ['inner-dropout-relu', false],
  ['group-norm', false],
  ['looks-up-in-table', false],
  ['jax-inner-dropout', false],
  ['congruential-inside', false],
  ['twins/counts-in-table', true],
  ['twins/dropout-by-clock', true],
])('%s: %s', async (name, hides) => {
  const model = await readSavedModel(fileURLToPath(new URL(name, models)));
  const functions = model.methods.get('__call__')?.concreteFunctions ?? [];
  expect(functions.some((one) => hasHiddenState(model, one))).toBe(hides);
});

type Row = readonly [op: string, attributes: Readonly<Record<string, FakeAttribute>>, hides: boolean];

test.each<Row>([
  ['RandomUniform', {}, false],
  ['RandomUniform', { seed: 0, seed2: 0 }, false],
  ['RandomUniform', { seed: 87654321, seed2: 0 }, true],
  ['RandomUniform', { seed: 0, seed2: 3 }, true],
  ['StatelessRandomUniformV2', {}, false],
  ['RngReadAndSkip', {}, false],
  ['AssignAddVariableOp', {}, false],
  ['VarHandleOp', {}, true],
  ['LookupTableFindV2', {}, false],
  ['LookupTableInsertV2', {}, true],
  ['QueueEnqueueV2', {}, true],
  ['StackPushV2', {}, false],
  ['EagerPyFunc', {}, true],
  ['OperationOfAnotherLibrary', {}, true],
])('%s with %o, in a function that is called: %s', (op, attributes, hides) => {
  const calls = operation('call', 'PartitionedCall', [], { f: functionNamed('inner') });
  const functions = new Map([
    ['main', libraryFunction('main', [], [], [calls])],
    ['inner', libraryFunction('inner', [], [], [operation('it', op, [], attributes)])],
  ]);
  const main = {
    functionName: 'main',
    positional: [],
    keyword: {},
    captures: [],
    output: { kind: 'none' },
  } as const;
  expect(hasHiddenState({ functions }, main)).toBe(hides);
});
