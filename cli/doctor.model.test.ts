import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { runtimeFolder } from '../harness/engine/runtime/cache.js';
import {
  fakeCommands,
  platform,
  stubRuntime,
  temporaryCache,
} from '../harness/engine/runtime/stubs.test.support.js';
import { doctor } from './doctor.js';

async function printed(options: { json?: boolean } = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await doctor(options, { stdout, stderr });
  stdout.end();
  return { code, out: await text(stdout) };
}

async function prepared(version = '2.21.0'): Promise<string> {
  const folder = runtimeFolder(`tensorflow-${version}`, platform.name);
  await stubRuntime(folder, { version });
  return folder;
}

test('with a runtime that loads, checks can run', async () => {
  const cache = temporaryCache();
  await prepared();
  const { code, out } = await printed();
  expect(code).toBe(0);
  expect(out).toMatch(/^Checks can run in TensorFlow 2\.21\.0 \(wheel\)/);
  expect(out).toContain(`ok       cache            ${cache}, `);
  expect(out).toMatch(/ok {7}tensorflow 2\.21\.0 wheel: a stub, loads, files intact\n/);
});

test('without one, the first check prepares it, and its needs are shown', async () => {
  temporaryCache();
  vi.stubEnv('CXX', '');
  fakeCommands({ python3: '[ "$1" = --version ] && echo Python 3.99.1' }, 'alone');
  const { code, out } = await printed();
  expect(code).toBe(2);
  expect(out).toMatch(/^No TensorFlow is prepared\. .* assay setup\n/);
  expect(out).toMatch(/ok {7}python {11}3\.99\.1\n/);
  expect(out).toMatch(/missing {2}pip {14}does not work\n +→ \S+/);
  expect(out).toContain(`→ ${platform.installCompiler}`);
});

test('a damaged runtime is reported with the command that fixes it', async () => {
  temporaryCache();
  const folder = await prepared('2.15.1');
  writeFileSync(join(folder, 'libtensorflow_cc.so.2'), 'LIBRARY');
  const { out } = await printed();
  expect(out).toMatch(/missing {2}tensorflow 2\.15\.1 .*libtensorflow_cc\.so\.2 has another sha256/);
  expect(out).toContain('→ assay setup --force --tensorflow 2.15.1');
});

test('as JSON, for machines', async () => {
  temporaryCache();
  await prepared();
  const { code, out } = await printed({ json: true });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ready: true,
    runtime: { tensorflow: '2.21.0', probed: { loads: true } },
    tools: [{ name: 'node' }, { name: 'npm' }, { name: 'python' }, { name: 'pip' }, {}],
    cache: { writable: true },
    prepared: [{ tensorflow: '2.21.0', source: 'wheel' }],
  });
});
