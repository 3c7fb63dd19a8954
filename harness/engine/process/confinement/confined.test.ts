import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { confined } from './confined.js';
import { measures } from './measures.js';

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

/** Prints the open files of a process. */
const listing = `for (const one of fs.readdirSync('/proc/self/fd'))
  try { console.log(one, fs.readlinkSync('/proc/self/fd/' + one)); } catch {}`;

/** What a script prints in a confined process that reads the paths, and how that ends. */
function run(script: string, paths: readonly string[] = []) {
  const { command, args, env, cwd } = confined(['-e', script], folder, paths);
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
    expect(run(`fs.writeFileSync('written', 'x'); console.log('done')`).stdout).toBe('');
  });

  test.runIf(isInForce(/no privileges/))('has no privileges of root but to read', () => {
    const { stdout } = run("console.log(fs.readFileSync('/proc/self/status', 'utf8'))");
    expect(stdout).toMatch(/^NoNewPrivs:\s*1$/m);
    expect(stdout).toMatch(/^CapEff:\s*0+4?$/m);
  });

  test.runIf(isInForce(/no network/))('has no network but its own', () => {
    expect(run('console.log(Object.keys(os.networkInterfaces()).join())').stdout.trim()).toBe('lo');
  });

  test.runIf(isInForce(/no files seen/))('sees the paths that it is given, and nothing beside them', () => {
    const model = path.join(here, 'model');
    mkdirSync(model, { recursive: true });
    writeFileSync(path.join(model, 'given'), 'of the model');
    writeFileSync(path.join(here, 'secret'), 'hunter2');
    const script = `console.log(fs.readFileSync(${JSON.stringify(path.join(model, 'given'))}, 'utf8'));
      console.log(fs.readdirSync(${JSON.stringify(here)}).join(), fs.existsSync('/etc/passwd'));`;
    expect(run(script, [model]).stdout).toBe('of the model\nmodel,process false\n');
  });

  test.runIf(isInForce(/no files seen/))(
    'finds nothing that it could write to, settings of the system included',
    () => {
      const places = ['/proc/sys/kernel/hostname', '/proc/sysrq-trigger', '/proc/self/comm'];
      const script = `for (const place of ${JSON.stringify(places)})
        try { fs.closeSync(fs.openSync(place, fs.constants.O_WRONLY)); console.log(place); } catch {}
      for (const folder of ['/', '/dev', '/dev/shm', '/tmp', '.'])
        try { fs.mkdirSync(folder + '/made'); console.log(folder); } catch {}`;
      expect(run(script).stdout).toBe('');
    },
  );

  test.runIf(isInForce(/no open file/))(
    'is given no file that was open in the program that started it',
    () => {
      const { command, args, env, cwd } = confined(['-e', listing], folder, []);
      const script = `const { spawnSync } = require('node:child_process');
      process.stdout.write(spawnSync(...${JSON.stringify([command, args, { env, cwd }])}).stdout);`;
      writeFileSync(path.join(here, 'secret'), 'hunter2');
      const inherits = `exec 77<${path.join(here, 'secret')}; exec "$@"`;
      const { stdout } = spawnSync('bash', ['-c', inherits, 'bash', process.execPath, '-e', script], {
        encoding: 'utf8',
      });
      expect(stdout).toContain('0 ');
      expect(stdout).not.toContain('secret');
    },
  );

  test.runIf(isInForce(/processes of its own/))('sees no process but its own', () => {
    const script = 'console.log(fs.readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name)).length)';
    expect(Number(run(script).stdout)).toBeLessThanOrEqual(2);
  });

  test.runIf(isInForce(/death with its parent/))('dies with its parent', async () => {
    const { command, args, env, cwd } = confined(
      ['-e', 'console.log(1); setTimeout(() => {}, 60_000)'],
      folder,
      [],
    );
    const script = `const child = require('node:child_process').spawn(...${JSON.stringify([command, args, { env, cwd }])});
      child.stdout.once('data', () => console.log(child.pid)); setTimeout(() => {}, 60_000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [pid] = await new Promise<number[]>((resolve) => {
      parent.stdout.once('data', (line) => resolve([Number(line)]));
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    for (let waited = 0; isAlive(pid) && waited < 5000; waited += 20) await delay(20);
    expect(isAlive(pid)).toBe(false);
    expect(processesNaming(folder)).toEqual([]);
  });
});

function isAlive(pid = 0): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function processesNaming(text: string): string[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => id !== String(process.pid) && commandLine(id).includes(text));
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
