import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectSafe } from './download.js';
import { type ObtainOptions, obtainModel } from './obtain.js';
import { folderWithModel, packed, sha256 } from './obtain.test.support.js';
import { CannotObtain } from './refusals.js';

let folder: string;
let options: ObtainOptions;

beforeEach(async () => {
  folder = await folderWithModel();
  options = { cacheFolder: join(folder, 'cache') };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('URLs', () => {
  let server: Server;
  let root: string;
  let answer: RequestListener;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('are downloaded once, with progress', async () => {
    const bytes = await serveModel();
    const progress: unknown[] = [];
    const location = {
      kind: 'url',
      url: `${root}/m/1?tf-hub-format=compressed`,
      sha256: sha256(bytes),
    } as const;
    const first = await obtainModel(location, { ...options, onProgress: (one) => progress.push(one) });
    expect(await readFile(join(first.folder, 'saved_model.pb'), 'utf8')).toBe('graph');
    expect(progress.at(-1)).toEqual({ receivedBytes: bytes.length, totalBytes: bytes.length });
    expect(await obtainModel(location, options)).toEqual(first);
    expect(asked).toEqual(['/m/1?tf-hub-format=compressed']);
    expect(await readdir(options.cacheFolder)).toEqual([sha256(bytes)]);
  });

  test('are followed, relative or absolute', async () => {
    const bytes = await serveModel();
    const serve = answer;
    const redirects: Record<string, string> = { '/a': '/b', '/b': `${root}/c` };
    answer = (request, response) => {
      const location = redirects[request.url ?? ''];
      if (location === undefined) serve(request, response);
      else response.writeHead(302, { location }).end();
    };
    await obtainModel({ kind: 'url', url: `${root}/a`, sha256: sha256(bytes) }, options);
    expect(asked).toEqual(['/a', '/b', '/c']);
  });

  test('keep their bytes when the server calls them gzip-encoded', async () => {
    const bytes = await readFile(await packed(join(folder, 'm.tar.gz'), folder, ['model']));
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
    await expect(obtainModel(at('/m', sha256(bytes)), options)).resolves.toMatchObject({
      archiveDigest: sha256(bytes),
    });
  });

  test.each<[string, RequestListener, RegExp]>([
    ['a missing page', (_, r) => r.writeHead(404).end(), /the server answers 404 Not Found/],
    ['a circle', (_, r) => r.writeHead(301, { location: '/m' }).end(), /it was redirected 10 times/],
    [
      'a redirect to plain http',
      (_, r) => r.writeHead(301, { location: 'http://example.org/m' }).end(),
      /http:\/\/example\.org\/m cannot be downloaded: only https/,
    ],
    [
      'a redirect to a file',
      (_, r) => r.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      /only https/,
    ],
    [
      'another file',
      (_, r) => r.end('something else'),
      /is not the archive that the spec pins: its SHA-256 is/,
    ],
    [
      'a connection cut short',
      (_, r) => r.writeHead(200, { 'content-length': '100' }).write('x', () => r.destroy()),
      /cannot be downloaded: the connection was lost/,
    ],
    ['a silent server', () => undefined, /no data arrived for 0\.2 s/],
    ['a server that falls silent', (_, r) => r.write('x'), /no data arrived for 0\.2 s/],
    [
      'too many bytes announced',
      (_, r) => r.writeHead(200, { 'content-length': '1001' }).end('x'.repeat(1001)),
      /more than 1000 bytes/,
    ],
    ['too many bytes, unannounced', (_, r) => r.end('x'.repeat(1001)), /more than 1000 bytes/],
  ])('%s', async (_, listener, message) => {
    answer = listener;
    const limits = { ...options, silenceMs: 200, maxBytes: 1000 };
    const failure = await obtainModel(at('/m', '0'.repeat(64)), limits).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CannotObtain);
    expect(String(failure)).toMatch(message);
    expect(await readdir(options.cacheFolder)).toEqual([]);
  });

  test('of other machines do not lead to this one', () => {
    const [here, elsewhere] = [new URL('http://localhost:8080/'), new URL('https://example.org/m')];
    expect(() => expectSafe(here, here)).not.toThrow();
    expect(() => expectSafe(here, elsewhere)).toThrow(/only https is allowed/);
  });

  test('nobody listens', async () => {
    const url = 'http://127.0.0.1:1/m';
    await expect(obtainModel({ kind: 'url', url, sha256: '0'.repeat(64) }, options)).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });

  test('a server that sends a little, again and again', async () => {
    answer = (_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    };
    const asked = obtainModel(at('/m', '0'.repeat(64)), { ...options, silenceMs: 200, deadlineMs: 300 });
    await expect(asked).rejects.toThrow('The model was not there within 0.3 s');
    expect(await readdir(options.cacheFolder)).toEqual([]);
  });

  test('can be called off', async () => {
    answer = () => undefined;
    const controller = new AbortController();
    const asked = obtainModel(at('/m', '0'.repeat(64)), { ...options, signal: controller.signal });
    controller.abort(new Error('called off'));
    await expect(asked).rejects.toThrow('called off');
  });

  const at = (path: string, digest: string) =>
    ({ kind: 'url', url: `${root}${path}`, sha256: digest }) as const;

  async function serveModel(): Promise<Buffer> {
    const bytes = await readFile(await packed(join(folder, 'm.tar.gz'), folder, ['model']));
    answer = (_, response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    return bytes;
  }
});
