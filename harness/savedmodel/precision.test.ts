import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { coarsestRounding } from './precision.js';
import { readSavedModel } from './read.js';

const models = fileURLToPath(new URL('../../../models-under-test/', import.meta.url));

test.each([
  ['tiny-features', 2 ** -24],
  ['half-precision-inside', 2 ** -11],
  ['twins/bfloat16-rows', 2 ** -8],
])('%s rounds to %d', async (name, rounding) => {
  const model = await readSavedModel(path.join(models, name));
  const traces = model.methods.get('__call__')?.traces ?? [];
  expect(traces.map((trace) => coarsestRounding(model, trace))).toEqual(traces.map(() => rounding));
});
