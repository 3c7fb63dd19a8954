import { expect, test } from 'vitest';
import type { GraphNode, LibraryFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { functionNamed, libraryFunction, operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { Reach } from './reach.js';
import { Saving } from './saving.js';

/** A TensorProto of dtype string, no dimensions, one text. */
const constant = (name: string, text: string) => {
  const bytes = Uint8Array.from([8, 7, 18, 0, 66, text.length, ...Buffer.from(text)]);
  return operation(name, 'Const', [], { value: { kind: 'tensor', bytes } });
};
const save = (...inputs: readonly string[]) => operation('save', 'SaveV2', inputs);
const join = (name: string, ...inputs: readonly string[]) => operation(name, 'StringJoin', inputs);

/** A model whose saver calls a function of these operations, with the path that it is told. */
function modelWith(nodes: readonly GraphNode[], also: Partial<SavedModel> = {}): SavedModel {
  const saver = libraryFunction('saver', [{ name: 'prefix', dtype: 'string' }], [], nodes);
  return modelOf([saver], [], also);
}

const filename = operation('filename', 'Placeholder');
const calls = (name: string, of: string, ...inputs: readonly string[]) =>
  operation(name, 'StatefulPartitionedCall', inputs, { f: functionNamed(of) });

function modelOf(
  functions: readonly LibraryFunction[],
  nodes: readonly GraphNode[],
  also: Partial<SavedModel> = {},
): SavedModel {
  const main = [filename, calls('saving', 'saver', 'filename'), operation('restoring', 'NoOp'), ...nodes];
  return fakeModel({
    also: {
      functions: new Map(functions.map((one) => [one.name, one])),
      graphNodes: new Map(main.map((node) => [node.name, node])),
      saver: { filename: 'filename', save: 'saving', restore: 'restoring' },
      ...also,
    },
  });
}

function isHarmless(model: SavedModel, op = 'SaveV2', functionName = 'saver'): boolean {
  const body = model.functions.get(functionName) ?? { nodes: [...model.graphNodes.values()] };
  const node = body.nodes.find((one) => one.op === op);
  if (node === undefined) throw new Error(`no ${op}`);
  const within = model.functions.has(functionName) ? { functionName } : {};
  return new Saving(new Reach(model)).isWhereToldTo({ node, body, root: { kind: 'saver' }, ...within });
}

test.each<[string, readonly GraphNode[], boolean]>([
  ['where its caller says', [save('prefix')], true],
  [
    'in a part beside it',
    [constant('p', '.part'), join('j', 'prefix', 'p:output:0'), save('j:output:0')],
    true,
  ],
  [
    'in one of two parts beside it',
    [
      constant('p', '.part'),
      constant('q', '_temp/part'),
      operation('s3', 'StaticRegexFullMatch', ['prefix']),
      operation('either', 'Select', ['s3:output:0', 'p:output:0', 'q:output:0']),
      join('j', 'prefix', 'either:output:0'),
      operation('shard', 'ShardedFilename', ['j:output:0', 'n', 'n']),
      save('shard:filename:0'),
    ],
    true,
  ],
  ['where a constant says', [constant('own', 'here'), save('own:output:0')], false],
  [
    'where a constant says, before all',
    [constant('p', 'x'), join('j', 'p:output:0', 'prefix'), save('j:output:0')],
    false,
  ],
  [
    'above where its caller says',
    [constant('p', '/../x'), join('j', 'prefix', 'p:output:0'), save('j:output:0')],
    false,
  ],
  [
    'above it, step by step',
    [
      constant('p', '/.'),
      constant('q', './x'),
      join('j', 'prefix', 'p:output:0', 'q:output:0'),
      save('j:output:0'),
    ],
    false,
  ],
  [
    'above it, by a separator',
    [
      constant('p', 'a'),
      operation('j', 'StringJoin', ['prefix', 'p:output:0'], { separator: '/../' }),
      save('j:output:0'),
    ],
    false,
  ],
  [
    'where it is told, or elsewhere',
    [
      constant('own', 'here'),
      operation('either', 'SelectV2', ['c', 'own:output:0', 'prefix']),
      save('either:output:0'),
    ],
    false,
  ],
  [
    'what another operation names',
    [operation('read', 'ReadFile', ['prefix']), save('read:contents:0')],
    false,
  ],
  ['in a path of itself', [join('j', 'j:output:0'), save('j:output:0')], false],
  [
    'a text without texts',
    [
      operation('own', 'Const', [], { value: { kind: 'tensor', bytes: new Uint8Array([8, 7]) } }),
      save('own:output:0'),
    ],
    false,
  ],
])('a saver that saves %s', (_, nodes, harmless) => {
  expect(isHarmless(modelWith(nodes))).toBe(harmless);
});

test('merging into a constant path, and writing another file', () => {
  const merge = operation('merge', 'MergeV2Checkpoints', ['prefix', 'own:output:0']);
  expect(isHarmless(modelWith([constant('own', '/x'), merge]), 'MergeV2Checkpoints')).toBe(false);
  expect(isHarmless(modelWith([operation('write', 'WriteFile', ['prefix'])]), 'WriteFile')).toBe(false);
});

const plain = libraryFunction('saver', [{ name: 'prefix', dtype: 'string' }], [], [save('prefix')]);
const caller = libraryFunction('caller', [{ name: 'x', dtype: 'string' }], [], [calls('call', 'saver', 'x')]);
const swapped = { ...caller, bytes: Buffer.from('…api_implements…') };
const named = (functionName: string) => ({
  path: 'f',
  concreteFunction: {
    functionName,
    positional: [],
    keyword: {},
    captures: [],
    output: { kind: 'none' } as const,
  },
});

test.each<[string, SavedModel, boolean]>([
  ['the saver alone', modelOf([plain], []), true],
  ['a function of the saver', modelOf([plain, caller], [calls('saving', 'caller', 'filename')]), true],
  ['a function that may be swapped in', modelOf([plain, swapped], []), false],
  ['itself, swapped in', modelOf([{ ...plain, bytes: swapped.bytes }], []), false],
  ['an object', modelOf([plain], [], { callables: [named('saver')] }), false],
  ['a function of an object', modelOf([plain, caller], [], { callables: [named('caller')] }), false],
  ['a gradient', modelOf([plain], [], { functionGradients: ['saver'] }), false],
  ['a custom gradient', modelOf([plain], [], { customGradients: new Map([['g', 'saver']]) }), false],
  ['the main graph, too', modelOf([plain], [calls('own', 'saver', 'filename')]), false],
  ['what is served', modelOf([plain], [operation('init', 'NoOp', ['^saving'])], { served: ['init'] }), false],
  ['what is served directly', modelOf([plain], [], { served: ['saving'] }), false],
  ['another node of the main graph', modelOf([plain], [operation('other', 'NoOp', ['^saving'])]), false],
  ['restoring, too', modelOf([plain], [operation('restoring', 'NoOp', ['^saving'])]), false],
  [
    'a path of its own',
    modelOf([plain], [operation('own', 'PlaceholderWithDefault', ['c']), calls('saving', 'saver', 'own')]),
    false,
  ],
  ['nothing', modelOf([plain], [operation('saving', 'NoOp')]), false],
  ['no path at all', modelOf([plain], [operation('filename', 'Const')]), false],
])('a saver that is run by %s', (_, model, harmless) => {
  expect(isHarmless(model)).toBe(harmless);
});

test('in the main graph, as TensorFlow 1 has it', () => {
  const nodes = [operation('saving', 'Identity', ['filename', '^save']), save('filename')];
  expect(isHarmless(modelOf([], nodes), 'SaveV2', '')).toBe(true);
  const restored = [...nodes, operation('restoring', 'NoOp', ['^save'])];
  expect(isHarmless(modelOf([], restored), 'SaveV2', '')).toBe(false);
});

test('a path that is joined with itself again and again comes to an end', () => {
  const joins = Array.from({ length: 150 }, (_, at) =>
    join(`j${at + 1}`, `j${at}:output:0`, `j${at}:output:0`),
  );
  expect(isHarmless(modelWith([constant('j0', 'x'), ...joins, save('j150:output:0')]))).toBe(false);
  const long = Array.from({ length: 20_000 }, (_, at) =>
    operation(`i${at + 1}`, 'Identity', [`i${at}:output:0`]),
  );
  expect(isHarmless(modelWith([constant('i0', 'x'), ...long, save('i20000:output:0')]))).toBe(false);
});
