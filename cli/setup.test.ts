import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { runtimeFolder } from '../harness/engine/runtime/cache.js';
import {
  fakeCommands,
  platform,
  stubRuntime,
  temporaryCache,
  temporaryFolder,
} from '../harness/engine/runtime/stubs.test.support.js';
import { type SetupOptions, setup } from './setup.js';

async function printed(options: SetupOptions) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await setup(options, { stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

const prepared = (version: string) =>
  stubRuntime(runtimeFolder(`tensorflow-${version}`, platform.name), { version });

test('what is ready is shown, and whether checks use it', async () => {
  temporaryCache();
  await prepared('2.21.0');
  await prepared('2.15.1');
  const usual = await printed({});
  expect(usual).toMatchObject({ code: 0, err: '' });
  expect(usual.out).toMatch(/^TensorFlow 2\.21\.0 is ready: .*tensorflow-2\.21\.0-.*\n$/);
  const other = await printed({ tensorflow: '2.15.1' });
  expect(other.out).toMatch(
    /2\.15\.1 is ready.*\nChecks use TensorFlow 2\.21\.0 .*: assay check --tensorflow 2\.15\.1\n$/,
  );
});

test('a prepared folder can be named', async () => {
  temporaryCache();
  const folder = temporaryFolder();
  await stubRuntime(folder);
  expect(await printed({ from: folder })).toMatchObject({ code: 0, err: '' });
});

test('when nothing is available, the reasons are shown and the code is 2', async () => {
  temporaryCache();
  fakeCommands({}, 'alone');
  vi.stubEnv('TFJS_NODE_CDN_STORAGE', 'http://127.0.0.1:9/');
  const { code, out, err } = await printed({});
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/TensorFlow 2\.21\.0 cannot be prepared\.\n/);
  expect(err).toMatch(/→ assay setup --from FOLDER/);
});
