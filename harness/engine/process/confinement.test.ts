import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { confined, measures } from './confinement.js';

const here = mkdtempSync(path.join(tmpdir(), 'assay-confinement-'));
const folder = path.join(here, 'process');
const isInForce = (name: RegExp) => measures().some((one) => name.test(one.name) && one.inForce);

beforeAll(() => {
  vi.stubEnv('SECRET_TOKEN', 'hunter2');
  vi.stubEnv('TF_VAR_password', 'hunter2');
  vi.stubEnv('TZ', 'Asia/Tokyo');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(here, { recursive: true });
});

/** What a script prints in a confined process, and how that ends. */
function run(script: string) {
  const { command, args, env, cwd } = confined(['-e', script], folder);
  const { stdout, status, signal } = spawnSync(command, args, { env, cwd, encoding: 'utf8' });
  return { stdout, status, signal };
}

describe('a confined process', () => {
  test('has the variables that TensorFlow reads, and no secret', () => {
    const env = JSON.parse(run('console.log(JSON.stringify(process.env))').stdout);
    expect(env).toMatchObject({ TZ: 'Asia/Tokyo', HOME: folder, TMPDIR: folder, TF_CPP_MIN_LOG_LEVEL: '3' });
    expect(JSON.stringify(env)).not.toContain('hunter2');
  });

  test('works in a folder of its own', () => {
    expect(run('console.log(process.cwd())').stdout.trim()).toBe(folder);
  });

  test.runIf(isInForce(/no file written/))('is ended when it writes into a file', () => {
    const file = path.join(here, 'written');
    expect(run(`fs.writeFileSync(${JSON.stringify(file)}, 'x')`).status).not.toBe(0);
    expect(statSync(file).size).toBe(0);
  });

  test.runIf(isInForce(/no privileges/))('has no privileges of root but to read', () => {
    const { stdout } = run("console.log(fs.readFileSync('/proc/self/status', 'utf8'))");
    expect(stdout).toMatch(/^NoNewPrivs:\s*1$/m);
    if (process.getuid?.() === 0) expect(stdout).toMatch(/^CapEff:\s*0+4$/m);
  });

  test.runIf(isInForce(/death with its parent/))('dies with its parent', async () => {
    const { command, args, env, cwd } = confined(['-e', 'setTimeout(() => {}, 60_000)'], folder);
    const script = `const child = require('node:child_process').spawn(...${JSON.stringify([command, args, { env, cwd }])});
      console.log(child.pid); setTimeout(() => {}, 60_000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [pid] = await new Promise<number[]>((resolve) => {
      parent.stdout.once('data', (line) => resolve([Number(line)]));
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    for (let waited = 0; isAlive(pid) && waited < 5000; waited += 20) await delay(20);
    expect(isAlive(pid)).toBe(false);
  });
});

function isAlive(pid = 0): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
