import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { SavedObjectSchema } from '../gen/object_graph_pb.js';
import type { ObjectGraph } from '../object-graph.js';
import type { ConcreteFunction } from '../saved-model.js';
import { lossesListed } from './root-list.js';

const concreteFunction: ConcreteFunction = {
  functionName: '__inference_loss_1',
  positional: [],
  keyword: {},
  captures: [],
  output: { kind: 'none' },
};

/** Nodes: 0 the root, 1 its list of losses, 2 a function, 3 an object with a `__call__`, 4 an object without. */
const graph: ObjectGraph = {
  nodes: [
    object({ regularization_losses: 1 }),
    object({ 0: 2, 1: 3, 2: 4 }, 'trackable_list_wrapper'),
    create(SavedObjectSchema, {
      kind: { case: 'function', value: { concreteFunctions: [concreteFunction.functionName] } },
    }),
    object({ __call__: 2 }),
    object({ loss: 2 }),
  ],
  concreteFunctions: new Map([[concreteFunction.functionName, concreteFunction]]),
  signatures: new Map(),
};

test('a loss is a function, or an object that is called like one', () => {
  const losses = lossesListed(graph) ?? [];
  expect(losses.map(({ kind }) => kind)).toEqual(['function', 'function', 'other']);
  const [, called] = losses;
  expect(called).toMatchObject({
    endpoint: { name: 'regularization_losses[1]', concreteFunctions: [concreteFunction] },
  });
});

function object(children: Readonly<Record<string, number>>, identifier = '_generic_user_object') {
  return create(SavedObjectSchema, {
    children: Object.entries(children).map(([localName, nodeId]) => ({ localName, nodeId })),
    kind: { case: 'userObject', value: { identifier } },
  });
}
