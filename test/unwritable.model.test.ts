import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { assay, type Ended, emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
const broken = inProject('models-under-test/twins/float64-rows.yaml');
const inFolder = (...parts: readonly string[]) => path.join(folder, ...parts);

beforeAll(async () => {
  writeFileSync(inFolder('file'), '');
  mkdirSync(inFolder('taken', 'run.json'), { recursive: true });
  mkdirSync(inFolder('no-cases'));
  writeFileSync(inFolder('no-cases', 'cases'), '');
  await check('stored');
}, 600_000);

afterAll(remove);

const places: [what: string, place: string][] = [
  ['a file', 'file'],
  ['a path below a file', 'file/below'],
  ['a device', '/dev/null'],
  ['no name', ''],
  ['a folder where folders stand for reports', 'taken'],
  ['a place where Node never comes back from making folders', '/proc/assay'],
];

const noCases: [what: string, place: string] = ['a folder where a file stands for the cases', 'no-cases'];

describe('a folder for reports that cannot be written is reported', { timeout: 30_000 }, () => {
  test.each([...places, noCases])('before anything runs: %s', async (_, place) => {
    const { code, out, err } = await check(place);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^.* cannot be written: .*\.\n {2}→ .*--out\.\n$/);
  });

  test.each(places)('for stored runs: %s', async (_, place) => {
    const stored = inFolder('stored', 'run.json');
    const options = ['--report', 'json,html', '--out', place];
    const { code, out, err } = await assay(['report', stored, ...options], { cwd: folder });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^.* cannot be written: .*\.\n {2}→ .*--out\.\n$/);
  });
});

test('a report that cannot be written after the run costs no other', { timeout: 60_000 }, async () => {
  mkdirSync(inFolder('temporary'));
  const ended = check('late', { TMPDIR: inFolder('temporary') });
  await expect.poll(() => readdirSync(inFolder('temporary')), { timeout: 30_000 }).not.toEqual([]);
  mkdirSync(inFolder('late', 'run.json'), { recursive: true });
  writeFileSync(inFolder('late', 'cases'), '');
  const { code, out, err } = await ended;
  expect(code).toBe(2);
  expect(out).toContain('1 failed');
  expect(err).toMatch(
    /late\/cases\/float64-rows-output-dtype\.npy could not be written, as a file is in the way/,
  );
  expect(err).toMatch(/late\/run\.json could not be written, as a folder of that name is in the way/);
  expect(readdirSync(inFolder('late')).sort()).toEqual(['cases', 'junit.xml', 'report.html', 'run.json']);
});

describe('the standard output', { timeout: 60_000 }, () => {
  test.runIf(existsSync('/dev/full'))('that accepts nothing is reported in a sentence', async () => {
    const dist = inProject('dist/bundle/cli.js');
    for (const args of ['list', `report ${inFolder('stored', 'run.json')} --report terminal`]) {
      const { code, err } = await run('sh', ['-c', `"${process.execPath}" "${dist}" ${args} > /dev/full`]);
      expect(code).toBe(2);
      expect(err).toMatch(/^The standard output cannot be written: .*\n$/);
    }
  });

  test('that is closed early is no fault, and leaves the exit code', async () => {
    expect(await unread(['report', inFolder('stored', 'run.json'), '--report', 'terminal'])).toEqual({
      code: 0,
      err: '',
    });
    const { code, err } = await unread(['check', broken, '--only', 'output', '--out', inFolder('unread')]);
    expect(code).toBe(1);
    expect(err).toBe('[1/1] float64-rows: 1 failed\n');
    expect(readFileSync(inFolder('unread', 'run.json'), 'utf8')).toContain('does-not-conform');
  });
});

function check(out: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return assay(['check', broken, '--only', 'output', '--seed', '7', '--out', out], { cwd: folder, env });
}

/** Runs `assay` with a standard output that nobody reads. */
async function unread(args: readonly string[]): Promise<Omit<Ended, 'out'>> {
  const child = spawn(process.execPath, [inProject('dist/bundle/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [code, err] = await Promise.all([ended, text(child.stderr)]);
  return { code, err };
}
