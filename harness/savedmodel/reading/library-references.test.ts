import { expect, test } from 'vitest';
import type { GraphNode } from '../saved-model.js';
import { libraryFunction, operation } from '../testing/fake-graph.js';
import { requireReferences } from './library-references.js';

const squared = operation('squared', 'Square', ['x', '^other']);
const other = operation('other', 'NoOp', ['^x']);

test('a function whose operations take and give what it has is sound', () => {
  expect(() => requireReferences([fn([squared, other], 'squared:y:0')])).not.toThrow();
  expect(() => requireReferences([fn([], 'x')])).not.toThrow();
});

test.each<readonly [string, readonly GraphNode[], string, RegExp]>([
  ['an argument', [operation('squared', 'Square', ['y'])], 'squared:y:0', /squared .* takes y, which does/],
  ['a result', [operation('squared', 'Square', ['z:y:0'])], 'squared:y:0', /squared .* takes z:y:0, which/],
  ['an operation to wait for', [operation('squared', 'Square', ['x', '^z'])], 'x', /takes \^z, which does/],
  ['what it gives', [squared, other], 'z:y:0', /gives z:y:0, which does not exist/],
  ['a name of its own', [squared, squared, other], 'squared:y:0', /two operations of one name/],
])('a function that lacks %s is damaged', (_, nodes, result, why) => {
  expect(() => requireReferences([fn(nodes, result)])).toThrow(why);
});

function fn(nodes: readonly GraphNode[], result: string) {
  return libraryFunction('called', ['x'], [result], nodes);
}
