import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from './project.js';

const onLinux = existsSync('/proc/self/cmdline');

describe.skipIf(!onLinux)('a run that is cut off', { timeout: 120_000 }, () => {
  test('Ctrl-C leaves no process, and a run that says it was interrupted', async () => {
    const { child, folder } = start();
    await until(() => processesOf(folder).length > 0);
    await signalled(child, 'SIGINT');
    expect(child.exitCode).toBe(2);
    expect(processesOf(folder)).toEqual([]);
    const run = JSON.parse(readFileSync(path.join(folder, 'out', 'run.json'), 'utf8')) as Run;
    expect(run).toMatchObject({ interrupted: true, verdict: 'unknown' });
    expect(run.models.flatMap(({ checks }) => checks).some(({ status }) => status === 'error')).toBe(true);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  test('a run that is killed outright leaves no process either', async () => {
    const { child, folder } = start();
    await until(() => processesOf(folder).length > 0);
    await signalled(child, 'SIGKILL');
    await until(() => processesOf(folder).length === 0);
  });
});

/** Starts a long run whose temporary files, and so the command lines of its engine processes, lie in a folder of its own. */
function start(): { child: ChildProcess; folder: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-cut-'));
  const models = ['tiny-features', 'shared-layers', 'sizes-from-75'].map((name) =>
    inProject('specs', `${name}.yaml`),
  );
  const args = [inProject('dist', 'cli.js'), 'check', ...models, '--out', path.join(folder, 'out')];
  const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: folder }, stdio: 'ignore' });
  return { child, folder };
}

async function signalled(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 60_000, interval: 50 }).toBe(true);
}

/** Ids of the running processes that name the folder, the run itself excepted. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter(
    (pid) => /^\d+$/.test(pid) && commandLine(pid).includes(path.join(folder, 'assay-')),
  );
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
