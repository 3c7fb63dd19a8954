import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSandbox } from './sandbox.js';
import { WorkerHost } from './worker-host.js';

const sandbox = makeSandbox();
const folder = mkdtempSync(path.join(tmpdir(), 'assay-worker-test-'));
afterAll(() => {
  sandbox.remove();
  rmSync(folder, { recursive: true });
});

test.each([
  ['crash', 'process.abort()'],
  ['crash', 'throw new Error()'],
  ['hang', 'while (true);'],
  ['memory', 'const all = []; setInterval(() => all.push(Buffer.alloc(2 ** 28, 1)), 1);'],
])(
  'a worker that ends in a %s is seen from outside, and replaced',
  { timeout: 60_000 },
  async (outcome, act) => {
    const file = path.join(folder, `${outcome}.mjs`);
    const answer = `process.send({ observed: { outcome: 'refused', detail: '' } })`;
    writeFileSync(
      file,
      `process.on('message', ({ seed }) => { if (seed === 1) { ${act} } else ${answer}; }); process.send('ready');`,
    );
    const host = new WorkerHost(sandbox, outcome, undefined, file);
    // The time for so many inputs: on a busy machine, memory fills slowly.
    const work = { kind: 'x', from: 0, count: outcome === 'memory' ? 60 : 1 };
    expect(await host.ask({ ...work, seed: 1 })).toMatchObject({ observed: { outcome } });
    expect(await host.ask({ ...work, seed: 2 })).toMatchObject({ observed: { outcome: 'refused' } });
    await host.end();
  },
);
