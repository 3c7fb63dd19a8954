import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { knownToThreads } from './known-to-threads.js';

test('is found once, also by threads that start later', async () => {
  const found: string[] = [];
  const find = (name: string) => () => {
    found.push(name);
    return { name };
  };
  expect(knownToThreads('a test', find('first'))).toEqual({ name: 'first' });
  expect(knownToThreads('a test', find('second'))).toEqual({ name: 'first' });
  expect(knownToThreads('another test', find('other'))).toEqual({ name: 'other' });
  expect(found).toEqual(['first', 'other']);
  const module = new URL('./known-to-threads.js', import.meta.url).href;
  const code = `import('${module}').then(({ knownToThreads }) =>
    require('node:worker_threads').parentPort.postMessage(knownToThreads('a test', () => ({ name: 'again' }))));`;
  const told = new Promise((resolve) => new Worker(code, { eval: true }).once('message', resolve));
  expect(await told).toEqual({ name: 'first' });
});
