import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { SavedModel } from '../../savedmodel/saved-model.js';
import { fakeModel } from '../../savedmodel/testing/fake-model.js';
import { lower } from './lower.js';
import { nodesIn, placeholdersIn } from './lowered.test.support.js';
import { valueNode } from './perturbations.js';
import { lowerShapes } from './shapes.js';

const folder = mkdtempSync(join(tmpdir(), 'lower-'));
afterAll(() => rmSync(folder, { recursive: true }));

const models: readonly (readonly [string, SavedModel])[] = [
  ['a plain one', fakeModel()],
  ['no variables', fakeModel({ variables: [] })],
  [
    'variables of many dtypes, some without a value',
    fakeModel({
      variables: [
        'kernel',
        { path: 'steps', dtype: 'int64', shape: [] },
        { path: 'seen', dtype: 'bool', shape: [] },
        { path: 'words', dtype: 'string' },
        { path: 'half', dtype: 'float16' },
        { path: 'lost', stored: { dtype: 'float64', shape: [4] } },
      ],
    }),
  ],
  [
    'training and a hyperparameter',
    fakeModel({ parameters: { training: false, rate: 0.5, steps: 3 }, losses: 2 }),
  ],
  ['a signature', fakeModel({ endpoint: { kind: 'signature', name: 'serving_default', output: 'logits' } })],
];

describe.each(models)('the lowered graph of %s', (_, model) => {
  test('names each operation once, and takes nothing that is not there', async () => {
    const { nodes } = await lowered(model);
    const names = nodes.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    const taken = nodes.flatMap(({ input }) => input.map((one) => one.replace(/^\^|:\d+$/g, '')));
    expect(taken.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('holds everything that can be fed and fetched', async () => {
    const { nodes, result } = await lowered(model);
    const names = nodes.map(({ name }) => name);
    const functions = [...result.concreteFunctions.values()];
    const offered = [
      result.reset,
      result.putBack,
      result.emptyConvolution,
      ...(result.changed === undefined ? [] : [result.changed]),
      ...(result.finite === undefined ? [] : [result.finite]),
      ...result.floating.map(valueNode),
      ...functions.flatMap(({ inputs, outputs }) => [
        ...inputs.map(({ feed }) => feed),
        ...outputs.map(({ fetch }) => fetch),
      ]),
    ];
    expect(functions.length).toBeGreaterThan(0);
    expect(offered.filter((name) => !names.includes(name))).toEqual([]);
  });
});

test('a function that captures what cannot be made is reported, and the others are lowered', async () => {
  const model = fakeModel({ concreteFunctions: [{}, { args: {} }] });
  const [sound, odd] = functionsOf(model);
  const { result } = await lowered(model, [sound, { ...odd, captures: [77] }]);
  expect([...result.concreteFunctions.keys()]).toEqual([sound]);
  expect([...result.unsupported.values()]).toEqual([
    'The call captures object 77, which the object graph does not describe, which cannot be made here.',
  ]);
});

test('shapes are looked at with placeholders of exactly these shapes, one call each', async () => {
  const model = fakeModel({ parameters: { rate: 0.5 } });
  const [called] = functionsOf(model);
  const shapes = [
    [[2, 8, 9, 3], []],
    [[1, 5, 5, 3], []],
  ];
  await lowerShapes(model, called, shapes, join(folder, 'shapes'));
  expect(await placeholdersIn(join(folder, 'shapes'))).toEqual(shapes.flat());
  const nodes = await nodesIn(join(folder, 'shapes'));
  expect(nodes.filter(({ op }) => op === 'StatefulPartitionedCall').map(({ input }) => input)).toEqual([
    ['assay/0/in/0', 'assay/0/in/1', 'assay/variable/10', 'assay/variable/11'],
    ['assay/1/in/0', 'assay/1/in/1', 'assay/variable/10', 'assay/variable/11'],
  ]);
});

async function lowered(model: SavedModel, functions = everyFunction(model)) {
  const into = join(folder, String(Math.random()));
  const result = await lower(model, functions, into);
  return { result, nodes: await nodesIn(into) };
}

function everyFunction({ methods, signatures, losses = [] }: SavedModel) {
  const ofLosses = losses.flatMap((loss) => (loss.kind === 'function' ? [loss.endpoint] : []));
  return [...methods.values(), ...signatures.values(), ...ofLosses].flatMap((one) => one.concreteFunctions);
}

function functionsOf(model: SavedModel) {
  const [first, second = first] = everyFunction(model);
  if (!first || !second) throw new Error('The model has a concrete function.');
  return [first, second] as const;
}
