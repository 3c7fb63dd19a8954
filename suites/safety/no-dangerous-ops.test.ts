import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fakeContract } from '../../harness/contract/testing/fake-contract.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import type {
  Attribute,
  GraphNode,
  LibraryFunction,
  SavedModel,
} from '../../harness/savedmodel/saved-model.js';
import { dangerOf } from './dangers.js';
import { noDangerousOps } from './no-dangerous-ops.js';
import { Reach } from './reach.js';
import { sitesOf } from './sites.js';

const odd = await readSavedModel(
  fileURLToPath(new URL('../../../models-under-test/odd-captures', import.meta.url)),
);

describe('an operation is harmless or not by what it is given', () => {
  const text = (value: string): Attribute => ({ kind: 'string', value });
  const list = (...items: Attribute[]): Attribute => ({ kind: 'list', items });

  test.each<readonly [string, string, Readonly<Record<string, Attribute>>, string | undefined]>([
    ['printing to stderr', 'PrintV2', { output_stream: text('stderr') }, undefined],
    ['printing by default', 'PrintV2', {}, undefined],
    ['printing into a file', 'PrintV2', { output_stream: text('file:///tmp/x') }, 'prints into a file'],
    ['printing where a caller says', 'PrintV2', { output_stream: { kind: 'other' } }, 'prints into a file'],
    ['debugging without an address', 'DebugIdentityV3', { debug_urls: list() }, undefined],
    [
      'debugging to an address',
      'DebugIdentityV3',
      { debug_urls: list(text('grpc://x:1')) },
      'sends tensors to an address',
    ],
    ['sampling without a vocabulary', 'FixedUnigramCandidateSampler', { vocab_file: text('') }, undefined],
    [
      'sampling from a vocabulary',
      'FixedUnigramCandidateSampler',
      { vocab_file: text('/x') },
      'reads the file of a vocabulary',
    ],
    ['known message types', 'DecodeProtoV2', { descriptor_source: text('local://') }, undefined],
    [
      'message types from a file',
      'DecodeProtoV2',
      { descriptor_source: text('/x') },
      'reads the file of a message type',
    ],
    ['decoding bytes', 'DecodePng', {}, undefined],
    ['a snapshot of a tensor', 'Snapshot', {}, undefined],
    ['Python', 'PyFunc', {}, 'runs Python'],
    ['the corpus of an operation that only graphs before version 19 have', 'Skipgram', {}, 'reads files'],
  ])('%s', (_, op, attributes, expected) => {
    expect(dangerOf(node(op, attributes), { nodes: [] })).toBe(expected);
  });

  test('a cache in memory, and one in files', () => {
    const cache = { ...node('CacheDatasetV2'), inputs: ['data:handle:0', 'name:output:0', 'cache:handle:0'] };
    // A TensorProto: dtype string, no dimensions, one string, empty or `x`.
    const named = (text: string) => {
      const bytes = Uint8Array.from([8, 7, 18, 0, 66, text.length, ...Buffer.from(text)]);
      return { ...node('Const', { value: { kind: 'tensor', bytes } }), name: 'name' };
    };
    expect(dangerOf(cache, { nodes: [named('')] })).toBeUndefined();
    expect(dangerOf(cache, { nodes: [named('x')] })).toBe('keeps a cache in files');
    expect(dangerOf(cache, { nodes: [] })).toBe('keeps a cache in files');
  });
});

describe('operations are found', () => {
  test.each<readonly [string, Partial<SavedModel>, string]>([
    ['in a method of some object', { callables: [callable('layers[0].call', 'reads')] }, 'object'],
    ['in a custom gradient', { customGradients: new Map([['CustomGradient-7', 'reads']]) }, 'gradient'],
    ['in a function that nothing calls', {}, 'library'],
    ['in the main graph', { graphNodes: new Map([['read', node('ReadFile')]]) }, 'main-graph'],
    ['in a function of the main graph', { graphNodes: new Map([['init', node('reads')]]) }, 'main-graph'],
    [
      'behind the saver',
      {
        saver: { filename: '', save: 'save', restore: '' },
        graphNodes: new Map([
          ['save', { ...node('Identity'), name: 'save', inputs: ['^read'] }],
          ['read', { ...node('ReadFile'), name: 'read' }],
        ]),
      },
      'saver',
    ],
  ])('%s', (_, model, root) => {
    const reads = {
      ...odd,
      ...nothing,
      functions: new Map([['reads', fn('reads', [node('ReadFile')])]]),
      ...model,
    };
    const found = sitesOf(new Reach(reads)).find((site) => site.node.op === 'ReadFile');
    expect(found?.root.kind).toBe(root);
  });
});

describe('what nobody knows the work of is undecided', () => {
  test.each([
    ['MyOwnOp', /^TensorFlow has no operation MyOwnOp/],
    ['XlaCustomCallV2', /XlaCustomCallV2/],
    ['TRTEngineOp', /TRTEngineOp/],
    ['MlirPassthroughOp', /MlirPassthroughOp/],
  ])('%s', (op, why) => {
    const model = { ...odd, ...nothing, functions: new Map([['runs', fn('runs', [node(op)])]]) };
    expect(() => noDangerousOps.kind === 'reading' && noDangerousOps.read(model, fakeContract())).toThrow(
      why,
    );
  });

  const jax = readFileSync(
    fileURLToPath(new URL('../../../harness/graph/stablehlo/fixtures/jax-1.5.0.mlirbc', import.meta.url)),
  );
  const running = (bytes: Uint8Array) => {
    const call = node('XlaCallModule', { module: { kind: 'string', value: '', bytes } });
    const model = { ...odd, ...nothing, functions: new Map([['runs', fn('runs', [call])]]) };
    return noDangerousOps.kind === 'reading' && noDangerousOps.read(model, fakeContract());
  };

  test('modules of JAX are looked into', () => {
    expect(running(jax)).toMatchObject({ status: 'pass' });
    const calling = Buffer.from(
      jax.toString('latin1').replace('shape_assertion', 'python_callback'),
      'latin1',
    );
    expect(() => running(calling)).toThrow(
      /What XlaCallModule \(.*\) calls, python_callback, is not in the graph/,
    );
    expect(() => running(jax.subarray(100))).toThrow(/What XlaCallModule \(.*\) runs is not in the graph/);
  });
});

/** Nothing that could lead to an operation. */
const nothing = {
  callables: [],
  customGradients: new Map(),
  graphNodes: new Map(),
  saver: { filename: '', save: '', restore: '' },
};

function callable(path: string, functionName: string): SavedModel['callables'][number] {
  return {
    path,
    concreteFunction: { functionName, positional: [], keyword: {}, captures: [], output: { kind: 'none' } },
  };
}

function fn(name: string, nodes: readonly GraphNode[]): LibraryFunction {
  return { name, inputs: [], outputs: [], nodes, returns: new Map(), bytes: new Uint8Array() };
}

function node(op: string, attributes: Readonly<Record<string, Attribute>> = {}): GraphNode {
  const entries = new Map(Object.entries(attributes));
  return { name: op, op, inputs: [], device: '', attributes: entries, bytes: new Uint8Array() };
}
