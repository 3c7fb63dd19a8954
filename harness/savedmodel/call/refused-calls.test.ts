import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSavedModel } from '../reading/read.js';
import type { CallArguments } from './argument-value.js';
import { resolveCall } from './resolve.js';

const { methods } = await readSavedModel(
  fileURLToPath(new URL('../../../../harness/savedmodel/call/recorded/odd-calls', import.meta.url)),
);

test.each<readonly [string, CallArguments, readonly number[], string]>([
  [
    'flag',
    { training: true },
    [1, 9, 9, 3],
    'Could not find matching concrete function for flag(float32 [1, 9, 9, 3], True). ' +
      'Saved: flag(float32 [?, ?, ?, 3], False); flag(float32 [?, 8, 8, 3], True).',
  ],
  [
    'flag',
    { trainig: true },
    [1, 8, 8, 3],
    "flag got an unexpected keyword argument 'trainig'; besides images it takes training=False.",
  ],
  ['flag', { images: 1 }, [1, 8, 8, 3], "flag got two values for 'images', the images and an argument."],
  ['required', {}, [1, 8, 8, 3], "required is missing a required argument: 'training' has no default."],
  ['no_images', {}, [1, 8, 8, 3], 'no_images takes no positional argument, so it cannot take images.'],
  [
    'sizes',
    { rate: 1 },
    [1, 8, 8, 3],
    "sizes got an unexpected keyword argument 'rate'; it takes only images.",
  ],
  [
    'signed_float32',
    { rate: 'a' },
    [1, 8, 8, 3],
    "signed_float32 cannot take 'a' for 'rate': its input signature has float32 [].",
  ],
  [
    'rest_fixed',
    { training: true },
    [1, 8, 8, 3],
    "rest_fixed cannot take True for 'training': its input signature has False.",
  ],
  [
    'vector',
    {},
    [1, 9, 9, 3],
    "vector cannot take float32 [1, 9, 9, 3] for 'images': its input signature has float32 [?, 8, 8, 3].",
  ],
  ['bare_rate', {}, [1, 8, 8, 3], 'bare_rate cannot be called this way: it takes images, rate.'],
])('%s(images, %o) of shape %o', (name, args, shape, message) => {
  const endpoint = methods.get(name);
  if (endpoint === undefined) throw new Error(`There is no ${name}.`);
  expect(resolveCall(endpoint, { dtype: 'float32', shape }, args)).toEqual({ kind: 'refused', message });
});
