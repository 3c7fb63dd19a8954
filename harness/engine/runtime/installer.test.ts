import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { create } from 'tar';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fillFromInstaller } from './installer.js';
import { readManifest } from './manifest.js';
import { fakeCommands, platform, recordedWork, stubAddon, temporaryFolder } from './stubs.test.support.js';

/** A storage host that has these files; its address is where tfjs-node's variable points. */
async function storageWith(files: ReadonlyMap<RegExp, string>): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const file = [...files].find(([pattern]) => pattern.test(url))?.[1];
    if (file === undefined) response.writeHead(404).end();
    else response.end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
  });
  vi.stubEnv('TFJS_NODE_CDN_STORAGE', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return asked;
}

async function archiveOf(entry: string, fill: (folder: string) => void): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, entry));
  fill(join(folder, entry));
  const file = join(temporaryFolder(), 'archive.tar.gz');
  await create({ file, gzip: true, cwd: folder }, [entry]);
  return file;
}

const libraries = () => archiveOf('lib', (lib) => writeFileSync(join(lib, 'libtensorflow.so.2'), 'library'));
const prebuilt = () =>
  archiveOf('napi-v8', (folder) => cpSync(stubAddon('2.9.1'), join(folder, 'tfjs_binding.node')));

test('where the addon cannot be compiled, the prebuilt one is taken', async () => {
  fakeCommands({ npm: 'exit 1' });
  const asked = await storageWith(
    new Map([
      [
        /^\/tensorflow\/libtensorflow\/libtensorflow-cpu-|^\/tf-builds\/libtensorflow_r2_7/,
        await libraries(),
      ],
      [
        /^\/tf-builds\/pre-built-binary\/napi-v8\/4\.22\.0\/CPU-(linux|darwin)-4\.22\.0\.tar\.gz$/,
        await prebuilt(),
      ],
    ]),
  );
  const draft = temporaryFolder();
  await fillFromInstaller(platform, draft, recordedWork());
  expect(asked).toHaveLength(2);
  expect(readdirSync(draft).sort()).toEqual(['deps', 'lib', 'runtime.json']);
  expect(await readManifest(draft)).toMatchObject({
    source: 'installer',
    tensorflow: '2.9.1',
    addon: 'lib/napi-v8/tfjs_binding.node',
    download: { checkedBy: 'nobody' },
    files: [{ path: 'lib/napi-v8/tfjs_binding.node' }, { path: 'deps/lib/libtensorflow.so.2' }],
  });
});

test('when there is no prebuilt addon either, a failure of the compiler is reported', async () => {
  fakeCommands({ npm: 'echo "npm error offline" >&2; exit 1' });
  await storageWith(new Map([[/libtensorflow/, await libraries()]]));
  await expect(fillFromInstaller(platform, temporaryFolder(), recordedWork())).rejects.toThrow(
    /npm error offline/,
  );
});

test('a damaged archive and an unreachable host are reported', async () => {
  const damaged = join(temporaryFolder(), 'archive.tar.gz');
  writeFileSync(damaged, 'this is no archive');
  await storageWith(new Map([[/libtensorflow/, damaged]]));
  const filling = () => fillFromInstaller(platform, temporaryFolder(), recordedWork());
  await expect(filling()).rejects.toThrow(/download is damaged/);
  vi.stubEnv('TFJS_NODE_CDN_STORAGE', 'http://127.0.0.1:9/');
  await expect(filling()).rejects.toThrow(/http:\/\/127\.0\.0\.1:9\/t.* cannot be downloaded: /);
});
