import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runtimeFolder } from './cache.js';
import { ensureRuntime, findRuntime, RuntimeUnavailable } from './runtime.js';
import {
  fakeCommands,
  platform,
  type StubRuntime,
  stubAddon,
  stubRuntime,
  temporaryCache,
  temporaryFolder,
} from './stubs.test.support.js';

const cached = async (name: string, stub?: StubRuntime) => {
  const folder = runtimeFolder(name, platform.name);
  await stubRuntime(folder, stub);
  return folder;
};

/** A working directory without a tfjs-node, an empty cache, and nothing that could download. */
function offline(): string {
  temporaryCache();
  fakeCommands({}, 'alone');
  vi.stubEnv('TFJS_NODE_CDN_STORAGE', 'http://127.0.0.1:9/');
  vi.stubEnv('CXX', '');
  return temporaryFolder();
}

const failureOf = async (running: Promise<unknown>): Promise<RuntimeUnavailable> => {
  const error = await running.catch((error) => error);
  expect(error).toBeInstanceOf(RuntimeUnavailable);
  return error as RuntimeUnavailable;
};

test('what is prepared is found and used, without any command', async () => {
  const cwd = offline();
  const folder = await cached('tensorflow-2.21.0');
  const expected = { tensorflow: '2.21.0', tfjsNode: '4.22.0', source: 'wheel', folder };
  expect(await findRuntime({ cwd })).toEqual({ ...expected, addon: join(folder, 'tfjs_binding.node') });
  expect(await ensureRuntime({ cwd })).toMatchObject(expected);
  expect(await findRuntime({ cwd, version: '2.21.0' })).toMatchObject(expected);
  expect(await findRuntime({ cwd, version: '2.15.1' })).toBeUndefined();
});

test('what is damaged, unfinished or for another machine is not found', async () => {
  const cwd = offline();
  const folder = await cached('tensorflow-2.21.0');
  expect(await findRuntime({ cwd })).toBeDefined();
  writeFileSync(join(folder, 'libtensorflow_cc.so.2'), 'cut');
  expect(await findRuntime({ cwd })).toBeUndefined();
  rmSync(join(folder, 'runtime.json'));
  expect(await findRuntime({ cwd })).toBeUndefined();
  await cached('tensorflow-2.21.0', {});
  cpSync(folder, runtimeFolder('tensorflow-2.15.1', 'plan9-mips'), { recursive: true });
  expect(await findRuntime({ cwd, version: '2.15.1' })).toBeUndefined();
});

test('another version than the default one has to be asked for', async () => {
  const cwd = offline();
  await cached('tensorflow-2.15.1', { version: '2.15.1' });
  expect(await findRuntime({ cwd })).toBeUndefined();
  expect(await findRuntime({ cwd, version: '2.15.1' })).toMatchObject({ tensorflow: '2.15.1' });
});

test('a folder that the user had prepared comes before the wheel, and that before the installer', async () => {
  const cwd = offline();
  const names = ['installer', 'tensorflow-2.21.0', 'folder-0123456789ab'] as const;
  const sources = ['installer', 'wheel', 'folder'] as const;
  for (const [at, source] of sources.entries()) {
    await cached(names[at] ?? '', { version: source === 'wheel' ? '2.21.0' : '2.9.1', source });
    expect(await findRuntime({ cwd })).toMatchObject({ source });
  }
  expect(await findRuntime({ cwd, version: '2.21.0' })).toMatchObject({ source: 'wheel' });
});

test('an installed tfjs-node that loads comes first, unless another version is asked for', async () => {
  const cwd = offline();
  await cached('tensorflow-2.21.0');
  const installed = join(cwd, 'node_modules/@tensorflow/tfjs-node');
  mkdirSync(join(installed, 'lib/napi-v8'), { recursive: true });
  writeFileSync(join(installed, 'package.json'), '{"version": "4.22.0"}');
  cpSync(stubAddon('2.9.1'), join(installed, 'lib/napi-v8/tfjs_binding.node'));
  expect(await findRuntime({ cwd })).toMatchObject({ source: 'installed', tensorflow: '2.9.1' });
  expect(await findRuntime({ cwd, version: '2.21.0' })).toMatchObject({ source: 'wheel' });
});

test('a folder that assay prepared is used where it lies, by option or variable', async () => {
  const cwd = offline();
  const folder = temporaryFolder();
  await stubRuntime(folder, { version: '2.15.1' });
  expect(await findRuntime({ cwd, folder })).toMatchObject({ folder, tensorflow: '2.15.1' });
  expect(await findRuntime({ cwd, folder, version: '2.21.0' })).toBeUndefined();
  vi.stubEnv('ASSAY_TENSORFLOW_FOLDER', folder);
  expect(await ensureRuntime({ cwd })).toMatchObject({ folder });
  expect(await findRuntime({ cwd, version: '2.21.0' })).toBeUndefined();
});

test('when nothing works, each source says why and how to fix it', async () => {
  const { message, remedy, sources } = await failureOf(ensureRuntime({ cwd: offline() }));
  expect(message).toMatch(/^TensorFlow 2\.21\.0 cannot be prepared\.\n/);
  expect(sources.map(({ source }) => source)).toEqual([
    'tfjs-node of this project',
    'a folder with TensorFlow in it',
    "TensorFlow's wheel",
    "tfjs-node's download",
  ]);
  expect(message).toMatch(/wheel: It needs what is missing: npm, python, pip, \S+\.\n {4}missing {2}npm/);
  expect(message.match(/missing {2}.*\n +→ \S+/g)).toHaveLength(4);
  expect(message).toMatch(/download: http:\/\/127\.0\.0\.1:9\/.* cannot be downloaded: /);
  expect(remedy.split('\n')).toContain('assay setup --from FOLDER');
});

test('a version or a folder that was asked for leaves only the sources that can give it', async () => {
  const cwd = offline();
  fakeCommands({ [platform.compiler]: 'exit 0' }, 'alone');
  const version = await failureOf(ensureRuntime({ cwd, version: '2.15.1' }));
  expect(version.sources.map(({ source }) => source)).not.toContain("tfjs-node's download");
  expect(version.message).toMatch(/wheel: It needs what is missing: npm, python, pip\.\n/);
  const folder = await failureOf(ensureRuntime({ cwd, folder: cwd }));
  expect(folder.sources).toMatchObject([{ source: 'the folder', why: expect.stringContaining('has no') }]);
});

test('a request that makes no sense is refused at once', async () => {
  const cwd = offline();
  expect((await failureOf(ensureRuntime({ cwd, version: '2.15' }))).message).toMatch(
    /2\.15 is not a complete/,
  );
  expect((await failureOf(ensureRuntime({ cwd, folder: '/no/such' }))).message).toMatch(
    /no folder \/no\/such/,
  );
});

test('a cache that cannot be written is reported with the way out', async () => {
  const cwd = offline();
  writeFileSync(join(cwd, 'file'), '');
  vi.stubEnv('ASSAY_CACHE', join(cwd, 'file'));
  const { remedy } = await failureOf(ensureRuntime({ cwd }));
  expect(remedy).toContain('Set ASSAY_CACHE to a folder that you can write to.');
});
