import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';

const onLinux = existsSync('/proc/self/cmdline');

const conforming = ['tiny-features', 'shared-layers', 'sizes-from-75'].map((name) => `specs/${name}.yaml`);

describe.skipIf(!onLinux)('a run that is cut off', { timeout: 120_000 }, () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s leaves no process, and a run that says it was interrupted',
    async (signal) => {
      const { child, folder } = start(conforming);
      await until(() => isOneLowered(folder));
      await signalled(child, signal);
      expect(child.exitCode).toBe(2);
      // The system takes a moment to end what a killed process had started.
      await until(() => processesOf(folder).length === 0);
      const run = runIn(folder);
      expect(run).toMatchObject({ interrupted: true, verdict: 'unknown' });
      expect(run.models.flatMap(({ checks }) => checks).some(({ status }) => status === 'error')).toBe(true);
      expect(readdirSync(folder)).toEqual(['out']);
    },
  );

  test('models that were not run have no checks but a word why', async () => {
    const { child, folder } = start(['specs']);
    await until(() => processesOf(folder).length > 0);
    await signalled(child, 'SIGINT');
    const notRun = runIn(folder).models.filter(({ problem }) => problem?.startsWith('not run: '));
    expect(notRun.length).toBeGreaterThan(10);
    expect(notRun.every(({ checks, verdict }) => checks.length === 0 && verdict === 'unknown')).toBe(true);
  });

  test('a promise that is broken already outweighs the interruption', async () => {
    const twin = 'models-under-test/twins/float64-rows.yaml';
    const endless = 'models-under-test/faults/endless.yaml';
    const { child, folder } = start([twin, ...conforming, endless], ['--only', 'output', 'input']);
    let output = '';
    child.stderr?.on('data', (text) => {
      output += text;
    });
    await until(() => output.includes('float64-rows: 1 failed'));
    await signalled(child, 'SIGINT');
    expect(child.exitCode).toBe(1);
    expect(runIn(folder)).toMatchObject({ interrupted: true, verdict: 'does-not-conform' });
  });

  test('a second signal ends it where it stands, and still leaves no process', async () => {
    const { child, folder } = start(['specs']);
    await until(() => processesOf(folder).length > 0);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // Held still, so that both have come before it can answer the first.
    for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) child.kill(signal);
    await ended;
    expect(child.exitCode).toBe(130);
    await until(() => processesOf(folder).length === 0);
  });

  test('a run that is killed outright leaves no process either', async () => {
    const { child, folder } = start(conforming);
    await until(() => processesOf(folder).length > 0);
    await signalled(child, 'SIGKILL');
    await until(() => processesOf(folder).length === 0);
  });
});

/** Starts a long run whose temporary files, and so the command lines of its engine processes, lie in a folder of its own. */
function start(specs: readonly string[], options: readonly string[] = []): Started {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-cut-'));
  const args = [
    'check',
    ...specs.map((spec) => inProject(spec)),
    '--out',
    path.join(folder, 'out'),
    ...options,
  ];
  const child = spawn(process.execPath, [inProject('dist/bundle/cli.js'), ...args], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.resume();
  return { child, folder };
}

type Started = { readonly child: ChildProcess; readonly folder: string };

function runIn(folder: string): Run {
  return JSON.parse(readFileSync(path.join(folder, 'out', 'run.json'), 'utf8'));
}

async function signalled(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

/** Whether a model is written for its process, which is the last thing before checks run it. */
function isOneLowered(folder: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) =>
    /lowered-.*saved_model\.pb$/.test(file),
  );
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
