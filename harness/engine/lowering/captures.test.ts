import { describe, expect, test } from 'vitest';
import type { ConcreteFunction, Resource } from '../../savedmodel/saved-model.js';
import { constant, libraryFunction } from '../../savedmodel/testing/fake-graph.js';
import { fakeModel } from '../../savedmodel/testing/fake-model.js';
import { captureInput, capturesOf } from './captures.js';

describe('a capture is', () => {
  test('the handle of a variable', () => {
    const captures = given();
    expect(captureInput(captures, 11)).toBe('assay/variable/11');
    expect(captures.nodes).toEqual([]);
  });

  test('a constant of the main graph, copied', () => {
    const captures = given({ kind: 'constant', nodeId: 50, graphNode: 'mean' });
    expect(captureInput(captures, 50)).toBe('mean');
    expect([...captures.copied]).toEqual(['mean']);
  });

  test('the absolute path of an asset, made once', () => {
    const captures = given({ kind: 'asset', nodeId: 50, file: 'assets/words.txt' });
    expect([captureInput(captures, 50), captureInput(captures, 50)]).toEqual([
      'assay/asset/50',
      'assay/asset/50',
    ]);
    expect(captures.nodes.map(({ name, op }) => [name, op])).toEqual([['assay/asset/50', 'Const']]);
    const bytes = captures.nodes[0]?.attributes?.value?.value;
    expect(bytes?.case === 'tensor' && new TextDecoder().decode(bytes.value)).toContain(
      '/models/fake/assets/words.txt',
    );
  });

  test('a resource that its function makes', () => {
    const captures = given({ kind: 'created', nodeId: 50, path: 'table', create: running('make') });
    expect(captureInput(captures, 50)).toBe('assay/resource/50/create:0');
  });

  test('a resource that is filled before anyone uses it', () => {
    const captures = given({
      kind: 'created',
      nodeId: 50,
      path: 'table',
      create: running('make'),
      initialize: running('fill', [50, 51]),
    });
    expect(captureInput(captures, 50)).toBe('assay/resource/50');
    const filling = captures.nodes.find(({ name }) => name === 'assay/resource/50/initialize');
    expect(filling?.inputs).toEqual(['assay/resource/50/create:0', 'assay/asset/51']);
    const handle = captures.nodes.find(({ name }) => name === 'assay/resource/50');
    expect(handle?.inputs).toEqual(['assay/resource/50/create:0', '^assay/resource/50/initialize']);
  });
});

test.each<readonly [string, Resource | undefined, string]>([
  ['an object that is not described', undefined, 'object 50, which the object graph does not describe'],
  [
    'a constant that is not there',
    { kind: 'constant', nodeId: 50, graphNode: 'variance' },
    'the constant variance, which the graph does not hold',
  ],
  [
    'a resource whose function is not there',
    { kind: 'created', nodeId: 50, path: 'table', create: running('lost') },
    'a resource made by lost, which the library does not hold',
  ],
  ['a kind that is not supported', { kind: 'unsupported', nodeId: 50, what: 'an iterator' }, 'an iterator'],
])('%s is named', (_, resource, what) => {
  expect(() => captureInput(given(resource), 50)).toThrow(
    `The call captures ${what}, which cannot be made here.`,
  );
});

function given(resource?: Resource) {
  const asset: Resource = { kind: 'asset', nodeId: 51, file: 'assets/words.txt' };
  const resources = [asset, ...(resource ? [resource] : [])].map((one) => [one.nodeId, one] as const);
  return capturesOf(
    fakeModel({
      functions: [
        libraryFunction('make', [], [{ from: 'table:handle:0', dtype: 'resource' }], []),
        libraryFunction('fill', [{ name: 'table', dtype: 'resource' }], [], []),
      ],
      also: { resources: new Map(resources), graphNodes: new Map([['mean', constant('mean', [1, 2])]]) },
    }),
  );
}

function running(functionName: string, captures: readonly number[] = []): ConcreteFunction {
  return { functionName, positional: [], keyword: {}, captures, output: { kind: 'none' } };
}
