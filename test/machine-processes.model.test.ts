import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { bench, conforming, inOneLine, type Machine, processesNaming, specOf, works } from './machine.js';

const { at, check, remove } = bench();
const onLinux = existsSync('/proc/self/cmdline');
const limits = await works(['prlimit', '--nofile=100', 'true']);
afterAll(remove);

describe.skipIf(!limits)(
  'a machine that allows too little is no verdict on a model',
  { timeout: 60_000 },
  () => {
    test.each<readonly [string, Machine, RegExp]>([
      [
        '40 open files',
        { through: ['prlimit', '--nofile=40'] },
        /^assay: .*\n.*open files.*ulimit -n 1024.*\n$/,
      ],
      [
        '60 open files',
        { through: ['prlimit', '--nofile=60'] },
        /^assay: .*\n.*open files.*ulimit -n 1024.*\n$/,
      ],
      [
        '4 GB of addresses',
        { through: ['prlimit', '--as=4000000000'] },
        /^assay: .*\n.*memory.*ulimit -v unlimited.*\n$/,
      ],
    ])('%s', async (_, machine, says) => {
      const { code, out, err, left } = await check(machine);
      expect({ code, out, left }).toEqual({ code: 2, out: '', left: [] });
      expect(err).toMatch(says);
    });

    test('files of 1000 bytes', async () => {
      const { code, out, left } = await check({ through: ['prlimit', '--fsize=1000'] });
      expect({ code, left }).toEqual({ code: 2, left: [] });
      expect(inOneLine(out)).toContain(
        'no file may be that large. Raise the limit, as with: ulimit -f unlimited',
      );
    });
  },
);

describe.skipIf(!onLinux)('a run that is killed', { timeout: 60_000 }, () => {
  const stages: readonly (readonly [string, (names: readonly string[]) => boolean])[] = [
    ['before it has read a model', (names) => names.some((name) => name.startsWith('assay-'))],
    ['once the model is lowered', (names) => names.some((name) => name.includes('lowered-'))],
    ['once its process has started', (names) => names.some((name) => /processes.\d+/.test(name))],
  ];

  test.each(stages)('%s, leaves no process', async (_, reached) => {
    rmSync(at('tmp'), { recursive: true });
    mkdirSync(at('tmp'));
    const child = spawn(
      process.execPath,
      [inProject('dist/bundle/cli.js'), 'check', specOf(conforming, at('killed.yaml'))],
      {
        cwd: at(),
        env: { ...process.env, TMPDIR: at('tmp') },
        stdio: 'ignore',
      },
    );
    await expect.poll(() => reached(temporary()), { timeout: 30_000, interval: 2 }).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => processesNaming(at('tmp', 'assay-')), { timeout: 5000 }).toEqual([]);
  });

  test('leaves its folder to the next, which removes it', async () => {
    expect(temporary()).not.toEqual([]);
    expect(await check()).toMatchObject({ code: 0, left: [] });
  });

  test.each(['SIGKILL', 'SIGSEGV', 'SIGSTOP'] as const)(
    '%s to the process of a model decides nothing',
    async (signal) => {
      const model = inProject('models-under-test/faults/endless');
      const ended = check({ model, limits: `limits: { deadline: ${signal === 'SIGSTOP' ? 3 : 10}s }` });
      await expect.poll(inTensorflow, { timeout: 30_000, interval: 10 }).not.toEqual([]);
      // By then it is in the call, and not in the start of the process: one that is lost there is started again.
      await wait(2000);
      for (const pid of inTensorflow()) process.kill(pid, signal);
      const { code, out, left } = await ended;
      expect({ code, left }).toEqual({ code: 2, left: [] });
      expect(out).toMatch(/could not decide/);
      expect(inOneLine(out)).toContain(signal === 'SIGSTOP' ? 'No answer before' : `was ended by ${signal}`);
    },
  );
});

test('two runs into one folder write whole reports', { timeout: 60_000 }, async () => {
  const options = ['--out', at('both')];
  const runs = await Promise.all([check({ options }), check({ options })]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(readdirSync(at('both'))).toEqual(['run.json']);
  expect(JSON.parse(readFileSync(at('both', 'run.json'), 'utf8'))).toMatchObject({ verdict: 'conforms' });
});

test('a clock that jumps a year forth and back harms nothing', { timeout: 60_000 }, async () => {
  const jumps = `const now = Date.now; let calls = 0;
    Date.now = () => now() + ((calls += 1) % 2 === 0 ? 1 : -1) * 3e10;`;
  writeFileSync(at('jumps.mjs'), jumps);
  const { code, out, left } = await check({ env: { NODE_OPTIONS: `--import=${at('jumps.mjs')}` } });
  expect({ code, left }).toEqual({ code: 0, left: [] });
  expect(out).toMatch(/ {2}\d+(\.\d+)? (ms|s) in all/);
});

function temporary(): string[] {
  return readdirSync(at('tmp'), { recursive: true, encoding: 'utf8' });
}

/** Processes of models that have loaded TensorFlow. */
function inTensorflow(): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids
    .filter((id) => read(id, 'cmdline').includes(at('tmp')) && read(id, 'maps').includes('libtensorflow_cc'))
    .map(Number);
}

function read(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
