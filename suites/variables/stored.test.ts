import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSpec } from '../../harness/contract/parsing/parse.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { notStored, promisedVariables } from './stored.js';

const spec = fileURLToPath(new URL('../../../specs/tiny-features.yaml', import.meta.url));
const parsed = await readSpec(spec, { checkIds: [] });
if (parsed.kind === 'problems') throw new Error(parsed.problems[0]?.message);
const { contract } = parsed;
const folder = contract.model.kind === 'folder' ? contract.model.path : '';
const model = await readSavedModel(folder);

test('a checkpoint that holds every variable', () => {
  expect(promisedVariables(model, contract)).toHaveLength(10);
  expect(notStored(model, contract)).toBeUndefined();
});

test.each<readonly [string, (variable: Variable) => Variable, string]>([
  ['no value', ({ stored: _, ...variable }) => variable, 'no value'],
  [
    'another dtype',
    (one) => ({ ...one, stored: { dtype: 'float16', shape: one.stored?.shape ?? [] } }),
    'float16 [',
  ],
  ['another shape', (one) => ({ ...one, stored: { dtype: 'float32', shape: [7, 7] } }), 'float32 [7, 7]'],
])('%s', (_, change, actual) => {
  const [first, ...others] = promisedVariables(model, contract);
  const changed: SavedModel = { ...model, variables: [...(first ? [change(first)] : []), ...others] };
  const finding = notStored(changed, contract)?.finding;
  expect(finding?.where).toBe(`variable ${first?.path}`);
  expect(finding?.actual).toContain(actual);
});

test('the twin whose checkpoint misses a value', async () => {
  const twin = fileURLToPath(new URL('../../../models-under-test/twins/value-missing', import.meta.url));
  expect(notStored(await readSavedModel(twin), contract)?.finding).toMatchObject({
    where: 'variable norm.moving_mean',
    actual: 'no value',
  });
});
