import { expect, test } from 'vitest';
import { operation } from '../savedmodel/testing/fake-graph.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { allThatIsAssigned, writesToOwnState } from './assigned.js';

test.each([
  ['a variable', [operation('counted', 'AssignAddVariableOp', ['kernel'])], ['kernel']],
  ['nothing', [], []],
  [
    'what a handle of unknown origin names',
    [operation('made', 'Placeholder'), operation('counted', 'AssignAddVariableOp', ['made'])],
    undefined,
  ],
  [
    'whatever an operation that nobody knows may write',
    [operation('unknown', 'AcmeUpdate', ['kernel'])],
    undefined,
  ],
  ['a queue', [operation('put', 'QueueEnqueueV2', ['kernel'])], undefined],
])('a call assigns %s', (_, operations, paths) => {
  const model = fakeModel({
    concreteFunctions: [{ operations: [...operations, operation('logits', 'Identity', ['images'])] }],
  });
  const [concreteFunction] = model.methods.get('__call__')?.concreteFunctions ?? [];
  if (!concreteFunction) throw new Error('The model has a concrete function.');
  expect(allThatIsAssigned(model, concreteFunction)?.map(({ path }) => path)).toEqual(paths);
});

test.each([
  [
    'a variable that the graph makes',
    [operation('own', 'VarHandleOp'), operation('put', 'AssignVariableOp', ['own:output:0', 'images'])],
    ['put'],
  ],
  [
    'a table that the graph makes',
    [operation('own', 'MutableHashTableV2'), operation('put', 'LookupTableInsertV2', ['own:output:0'])],
    ['put'],
  ],
  [
    'a table without a name',
    [
      operation('own', 'AnonymousMutableHashTable'),
      operation('put', 'LookupTableInsertV2', ['own:output:0']),
    ],
    [],
  ],
  ['a variable of the model', [operation('put', 'AssignVariableOp', ['kernel', 'images'])], []],
])('what a call writes to %s', (_, operations, names) => {
  const model = fakeModel({
    concreteFunctions: [{ operations: [...operations, operation('logits', 'Identity', ['images'])] }],
  });
  const [concreteFunction] = model.methods.get('__call__')?.concreteFunctions ?? [];
  if (!concreteFunction) throw new Error('The model has a concrete function.');
  expect(writesToOwnState(model, concreteFunction).map(({ node }) => node.name)).toEqual(names);
});
