import { expect, test } from 'vitest';
import type { Attribute, GraphNode } from '../../savedmodel/saved-model.js';
import { factsOf } from './catalogue.js';
import { conditionHolds } from './condition.js';

test.each<readonly [string, Attribute | undefined, boolean]>([
  ['a text that matches', { kind: 'string', value: 'stderr' }, true],
  ['a text that does not', { kind: 'string', value: 'file:///tmp/a\nb' }, false],
  ['nothing, so that the default stands', undefined, true],
  ['what a caller fills', { kind: 'other' }, false],
])('an attribute with %s', (_, attribute, expected) => {
  expect(conditionHolds({ attribute: 'output_stream', is: '(?!file:).*' }, ...printing(attribute))).toBe(
    expected,
  );
});

test.each<readonly [string, readonly Attribute[], boolean]>([
  ['an empty list', [], true],
  ['a list with an item', [{ kind: 'string', value: 'file:///tmp' }], false],
  ['a list with an item that a caller fills', [{ kind: 'other' }], false],
])('an attribute with %s', (_, items, expected) => {
  expect(conditionHolds({ attribute: 'output_stream', is: '' }, ...printing({ kind: 'list', items }))).toBe(
    expected,
  );
});

test('an input that is a constant, or not known, control inputs aside', () => {
  const [facts, node] = printing(undefined);
  const condition = { input: 'input', is: '' };
  const given = { ...node, inputs: ['^before', 'text:output:0'] };
  expect(conditionHolds(condition, facts, given, (input) => (input === 'text:output:0' ? '' : 'x'))).toBe(
    true,
  );
  expect(conditionHolds(condition, facts, given)).toBe(false);
});

function printing(attribute: Attribute | undefined) {
  const facts = factsOf('PrintV2');
  if (facts === undefined) throw new Error('PrintV2 is in the catalogue.');
  const attributes = new Map(attribute ? [['output_stream', attribute]] : []);
  const node: GraphNode = {
    name: 'print',
    op: 'PrintV2',
    inputs: [],
    device: '',
    attributes,
    bytes: new Uint8Array(),
  };
  return [facts, node] as const;
}
