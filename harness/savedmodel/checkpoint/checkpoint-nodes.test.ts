import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { SavedObjectSchema } from '../gen/object_graph_pb.js';
import { TrackableObjectGraphSchema } from '../gen/trackable_pb.js';
import { checkpointNodes } from './checkpoint-nodes.js';

type Children = readonly Readonly<Record<string, number>>[];

const listed = (children: Readonly<Record<string, number>>) =>
  Object.entries(children).map(([localName, nodeId]) => ({ localName, nodeId }));

/** Pairs of objects whose attributes lead to these others. */
function pairs(model: Children, saved: Children) {
  const nodes = model.map((children) => create(SavedObjectSchema, { children: listed(children) }));
  const objects = create(TrackableObjectGraphSchema, {
    nodes: saved.map((children) => ({ children: listed(children) })),
  });
  const graph = { nodes, concreteFunctions: new Map(), signatures: new Map() };
  return Object.fromEntries(checkpointNodes(graph, objects));
}

const saved: Children = [{ mean: 1, deviation: 2, list: 3 }, {}, {}, { first: 1, second: 2 }];

test('objects are found by the names of attributes, whatever their ids', () => {
  const model: Children = [{ deviation: 1, mean: 2, list: 3 }, {}, {}, { first: 2, second: 1 }];
  expect(pairs(model, saved)).toEqual({ 0: 0, 1: 2, 2: 1, 3: 3 });
});

test('what is saved goes to the first object that a path leads to, as in Python, and to no other', () => {
  const model: Children = [{ mean: 2, deviation: 2, list: 3 }, {}, {}, { first: 1, second: 2 }];
  expect(pairs(model, saved)).toEqual({ 0: 0, 2: 1, 3: 3 });
});

test('an object that leads back to the root takes what is saved there', () => {
  expect(pairs([{ mean: 0, list: 1 }, { first: 2 }, {}], saved)).toEqual({ 0: 0, 1: 3 });
});
