import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fetchFile } from './fetch-file.js';
import { recordedWork, temporaryFolder } from './stubs.test.support.js';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

const target = () => join(temporaryFolder(), 'file');

test('a file arrives, and its bytes are counted', async () => {
  const url = await serve((_, response) => response.end('0123456789'));
  const [file, work] = [target(), recordedWork()];
  await fetchFile(url, file, 'Downloading', work);
  expect(readFileSync(file, 'utf8')).toBe('0123456789');
  expect(work.progressed.at(-1)).toEqual({ step: 'download', label: 'Downloading', done: 10, total: 10 });
});

test('a refusal of the server is reported with its number', async () => {
  const url = await serve((_, response) => response.writeHead(404).end());
  await expect(fetchFile(url, target(), '', recordedWork())).rejects.toThrow(/the server answered 404/);
});

test('a host that is not there is reported at once', async () => {
  const failing = fetchFile('http://127.0.0.1:9/', target(), '', recordedWork());
  await expect(failing).rejects.toMatchObject({
    name: 'SourceUnavailable',
    remedy: expect.stringContaining('CDN_STORAGE'),
  });
});

test('a server that falls silent is given up', async () => {
  const url = await serve((_, response) => response.writeHead(200).write('0'));
  await expect(fetchFile(url, target(), '', recordedWork(), 100)).rejects.toThrow(/no answer within 0.1 s/);
});

test('a download cut short is an error', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('0', () => response.destroy());
  });
  await expect(fetchFile(url, target(), '', recordedWork())).rejects.toMatchObject({
    name: 'SourceUnavailable',
  });
});

test('an aborted download throws what it was aborted with', async () => {
  const controller = new AbortController();
  const url = await serve(() => controller.abort(new Error('enough')));
  await expect(fetchFile(url, target(), '', recordedWork(controller.signal))).rejects.toThrow('enough');
});
