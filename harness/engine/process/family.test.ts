import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { confined } from './confinement/confined.js';
import { measures } from './confinement/measures.js';
import { childFile, familyOf, killFamily, killOrphans } from './family.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-family-'));
const isSeen = measures().some(({ name, inForce }) => /processes of its own/.test(name) && inForce);
afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(isSeen)('a process and those that it started', { timeout: 60_000 }, () => {
  test('are killed, however far they have come', async () => {
    for (let afterMs = 0; afterMs < 20; afterMs += 0.5) {
      const child = start();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await delay(afterMs);
      killFamily(child.pid ?? 0);
      await ended;
      await expect.poll(running, gone).toEqual([]);
    }
  });

  test('are found by their folder once they are orphans', async () => {
    const child = start();
    await expect.poll(() => running().length).toBeGreaterThan(1);
    child.kill('SIGSTOP');
    killOrphans(path.join(folder, 'of-another'));
    expect(running().length).toBeGreaterThan(1);
    killOrphans(folder);
    await expect.poll(running, gone).toEqual([]);
  });
});

test('what another thread started belongs to the family, too', async () => {
  const script = `new (require('node:worker_threads').Worker)(
    "require('node:child_process').spawn('sleep', ['60'])", { eval: true })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  await expect.poll(() => familyOf(child.pid ?? 0), { timeout: 20_000 }).toHaveLength(2);
  const [, sleeping = 0] = familyOf(child.pid ?? 0);
  killFamily(sleeping);
  child.kill('SIGKILL');
});

/** Well below the minute that a process would wait; a busy machine takes a while to bury one that was killed. */
const gone = { timeout: 20_000 };

/** A confined process that would wait for a minute. */
function start() {
  const place = path.join(folder, 'process');
  const script = ['-e', 'setTimeout(() => {}, 60_000)', childFile, place];
  const { command, args, env, cwd } = confined(script, place, []);
  return spawn(command, args, { env, cwd, stdio: 'ignore' });
}

function running(): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandLine(pid).includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
