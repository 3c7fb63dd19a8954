import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from './probe.js';
import { stubAddon, temporaryFolder } from './stubs.test.support.js';

const written = (name: string, text: string) => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
};

test('an addon that loads reports its TensorFlow', async () => {
  expect(await probe(stubAddon('2.15.1'))).toEqual({ loads: true, tensorflow: '2.15.1' });
});

test('a file that is no library does not load', async () => {
  expect(await probe(written('tfjs_binding.node', 'not a library'))).toMatchObject({ loads: false });
});

test('an addon that ends the process is survived', async () => {
  const probed = await probe(written('abort.cjs', 'process.abort()'));
  expect(probed).toEqual({ loads: false, why: 'loading it ended the process with SIGABRT' });
});

test('an addon without the functions that the engine calls is refused', async () => {
  const probed = await probe(written('old.cjs', 'exports.createTensor = () => {}'));
  expect(probed).toMatchObject({ loads: false, why: expect.stringContaining('lacks deleteTensor') });
});
