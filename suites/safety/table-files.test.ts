import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { calleesOf } from '../../harness/graph/reachable.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import type { GraphNode } from '../../harness/savedmodel/saved-model.js';
import { libraryFunction, operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { Reach } from './reach.js';
import { sitesOf } from './sites.js';
import { readsOnlyAssets } from './table-files.js';

const odd = await readSavedModel(
  fileURLToPath(new URL('../../../models-under-test/odd-captures', import.meta.url)),
);

describe('a table filled from a file', () => {
  const [site] = sitesOf(new Reach(odd)).filter(({ node: { op } }) => op === 'InitializeTableFromTextFileV2');
  if (site === undefined) throw new Error('The model has no such table.');

  test('that is an asset of the model', () => {
    expect(readsOnlyAssets(new Reach(odd), site)).toBe(true);
  });

  test('that its function names itself', () => {
    const [table = ''] = site.node.inputs;
    const changed = { ...site.node, inputs: [table, 'path:output:0'] };
    const body = libraryFunction(site.functionName ?? '', [], [], [changed, operation('path', 'Const')]);
    const model = { ...odd, functions: new Map([...odd.functions, [body.name, body]]) };
    expect(readsOnlyAssets(new Reach(model), { ...site, node: changed })).toBe(false);
  });

  const called = [...odd.graphNodes.values()].find((one) => calleesOf(one).includes(site.functionName ?? ''));
  const read = odd.graphNodes.get(called?.inputs[0] ?? '');
  const own = operation('own', 'Const');
  const handle = odd.graphNodes.get(read?.inputs[0] ?? '');

  test.each<[string, readonly (GraphNode | undefined)[]]>([
    [
      'that the main graph passes',
      [own, called && { ...called, inputs: ['own', ...called.inputs.slice(1)] }],
    ],
    ['that is read from another variable', [read && { ...read, inputs: ['bias'] }]],
    [
      'that is written into the variable of an asset',
      [operation('o', 'AssignVariableOp', [handle?.name ?? '', 'own'])],
    ],
    [
      'that a function may write into that variable',
      [operation('o', 'PartitionedCall', [handle?.name ?? ''])],
    ],
    ['in a variable with two handles', [handle && { ...handle, name: 'other' }]],
  ])('from a path %s', (_, nodes) => {
    const changed = nodes.map((one): [string, GraphNode] => [one?.name ?? '', one ?? own]);
    const model = { ...odd, graphNodes: new Map([...odd.graphNodes, ...changed]) };
    expect(readsOnlyAssets(new Reach(model), site)).toBe(false);
  });

  test('by a function that may be run in the place of another', () => {
    const name = site.functionName ?? '';
    const body = odd.functions.get(name);
    if (body === undefined) throw new Error('The table has no initializer.');
    const swapped = { ...body, bytes: Buffer.from('…api_implements…') };
    const functions = new Map([...odd.functions, [name, swapped] as const]);
    expect(readsOnlyAssets(new Reach({ ...odd, functions }), site)).toBe(false);
    expect(readsOnlyAssets(new Reach({ ...odd, functionGradients: [name] }), site)).toBe(false);
  });

  test('in the main graph', () => {
    expect(
      readsOnlyAssets(new Reach(odd), { node: site.node, body: site.body, root: { kind: 'main-graph' } }),
    ).toBe(false);
  });
});
