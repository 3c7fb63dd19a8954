import { expect, test } from 'vitest';
import type { Attribute, GraphNode } from '../../harness/savedmodel/saved-model.js';
import { savesWhereToldTo } from './saving.js';

const node = (
  name: string,
  op: string,
  inputs: readonly string[] = [],
  attributes: Record<string, Attribute> = {},
): GraphNode => ({
  name,
  op,
  inputs,
  device: '',
  attributes: new Map(Object.entries(attributes)),
  bytes: new Uint8Array(),
});

/** A constant: a TensorProto of dtype string, no dimensions, one text. */
const constant = (name: string, text: string) => {
  const bytes = Uint8Array.from([8, 7, 18, 0, 66, text.length, ...Buffer.from(text)]);
  return node(name, 'Const', [], { value: { kind: 'tensor', bytes } });
};

const joined = [constant('part', '.part'), node('join', 'StringJoin', ['prefix', 'part:output:0'])];

test.each<readonly [string, readonly GraphNode[], string, readonly string[], boolean]>([
  ['where its caller says', [], 'SaveV2', ['prefix'], true],
  ['in a part beside it', joined, 'SaveV2', ['join:output:0'], true],
  ['where a constant says', [constant('own', 'here')], 'SaveV2', ['own:output:0'], false],
  [
    'above where its caller says',
    [constant('part', '/../x'), ...joined.slice(1)],
    'SaveV2',
    ['join:output:0'],
    false,
  ],
  [
    'what another operation names',
    [node('read', 'ReadFile', ['prefix'])],
    'SaveV2',
    ['read:contents:0'],
    false,
  ],
  [
    'by merging into a constant path',
    [constant('own', '/x')],
    'MergeV2Checkpoints',
    ['prefix', 'own:output:0'],
    false,
  ],
  ['nothing, but writes a file', [], 'WriteFile', ['prefix'], false],
])('a saver that saves %s', (_, nodes, op, inputs, harmless) => {
  const saving = node('save', op, inputs);
  expect(judged([...nodes, saving], saving, new Uint8Array())).toBe(harmless);
});

test('a saver that may be run in the place of another function', () => {
  const saving = node('save', 'SaveV2', ['prefix']);
  expect(judged([saving], saving, Buffer.from('…api_implements…'))).toBe(false);
});

function judged(nodes: readonly GraphNode[], saving: GraphNode, bytes: Uint8Array): boolean {
  const inputs = [{ name: 'prefix', dtype: 'string' }];
  const body = { name: 'saver', inputs, outputs: [], nodes, returns: new Map(), bytes };
  const model = { functions: new Map([['saver', body]]) };
  return savesWhereToldTo(model, { node: saving, body, functionName: 'saver', root: { kind: 'saver' } });
}
