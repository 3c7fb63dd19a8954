import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSpecs } from '../../harness/run/read-specs.js';
import { assigned } from './assigned.js';

const files = ['tiny-classifier', 'tiny-features'].map((name) =>
  fileURLToPath(new URL(`../../../specs/${name}.yaml`, import.meta.url)),
);
const specs = await readSpecs(files, { confine: false });

/** How many specs run on each version, where the first model was written by an older TensorFlow. */
async function countsFor(requested: readonly string[]): Promise<Record<string, number>> {
  const writers = ['2.13.1', '2.21.0'];
  const writerOf = async ({ file }: { readonly file: string }) => ({
    version: writers[files.indexOf(file)] ?? '',
  });
  const { versions } = await assigned(specs, requested, writerOf);
  return Object.fromEntries(versions.map(({ version, specs: some }) => [version, some.length]));
}

test.each([
  [['2.15.1', '2.9.0'], { '2.9.0': 2, '2.15.1': 2 }],
  [['written-with'], { '2.13.1': 1, '2.21.0': 1 }],
  [['2.15.1', 'written-with'], { '2.13.1': 1, '2.15.1': 2, '2.21.0': 1 }],
  [['2.21.0', 'written-with'], { '2.13.1': 1, '2.21.0': 2 }],
])('%j', async (requested, counts) => {
  const found = await countsFor(requested);
  expect(found).toEqual(counts);
  expect(Object.keys(found)).toEqual(Object.keys(counts));
});

test('the files of the bundled models tell their writer', async () => {
  const { writers } = await assigned(specs, ['2.15.1']);
  expect([...writers.values()]).toEqual(files.map(() => ({ recorded: '2.21.0', version: '2.21.0' })));
});

test('where no writer is known, nothing runs for it', async () => {
  const { versions } = await assigned(specs, ['written-with'], async () => ({
    unknown: 'It is not recorded.',
  }));
  expect(versions).toEqual([]);
});
