import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSavedModel } from '../savedmodel/reading/read.js';
import { coarsestRounding } from './precision.js';

const models = fileURLToPath(new URL('../../../models-under-test/', import.meta.url));

test.each([
  ['tiny-features', 2 ** -24],
  ['half-precision-inside', 2 ** -11],
  ['twins/bfloat16-rows', 2 ** -8],
])('%s rounds to %d', async (name, rounding) => {
  const model = await readSavedModel(path.join(models, name));
  const concreteFunctions = model.methods.get('__call__')?.concreteFunctions ?? [];
  expect(concreteFunctions.map((concreteFunction) => coarsestRounding(model, concreteFunction))).toEqual(
    concreteFunctions.map(() => rounding),
  );
});
