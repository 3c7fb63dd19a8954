import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { pages } from './markdown.js';
import { emptyFolder, run } from './run-command.js';

/** A copy of this project, in which somebody follows CONTRIBUTING.md. */
const { folder, remove } = emptyFolder();
const check = 'suites/output/not-huge.ts';
const unitTest = 'suites/output/not-huge.test.ts';
const twins = 'models-under-test/recipes/twins_output.py';
const oracle = 'models-under-test/oracle/calling.py';

beforeAll(async () => {
  const parts = [
    'api',
    'cli',
    'cli.ts',
    'harness',
    'proof',
    'reports',
    'scripts',
    'specs',
    'suites',
    'test',
    'bench',
    'torture',
  ];
  const python = ['models-under-test/recipes', 'models-under-test/oracle', 'models-under-test/twins.json'];
  const settings = ['biome.json', 'package.json', 'tsconfig.json', 'vitest.config.ts', '.gitignore'];
  for (const part of [...parts, ...python, ...settings])
    cpSync(inProject(part), path.join(folder, part), { recursive: true });
  symlinkSync(inProject('node_modules'), path.join(folder, 'node_modules'));
  await inCopy('git', 'init', '--quiet');
  expect(await inCopy('npm', 'run', 'build')).toMatchObject({ code: 0 });
}, 120_000);

afterAll(remove);

describe('npm run new-check', () => {
  test('writes all that a check needs, and says what is left', async () => {
    const [command = ''] = blocks('').filter((text) => text.includes('npm run new-check'));
    const { code, out } = await inCopy('bash', '-c', command);
    expect(code).toBe(0);
    for (const file of [check, unitTest, twins, oracle, 'suites/all.ts']) expect(out).toContain(`  ${file} `);
    expect(out).toContain('uv run export.py --verify rows-times-a-billion');
  });

  test.each(['reading', 'measurement'])('of a %s, in a suite that is new', async (kind) => {
    const { code, out } = await newCheck(`${kind}s/first`, '--kind', kind);
    expect(code).toBe(0);
    expect(out).toContain(`models-under-test/recipes/twins_${kind}s.py`);
    expect(out).toContain('suites/order.ts');
  });

  test('what it wrote fits in, and is red until it is filled in', async () => {
    expect(await inCopy('npx', 'biome', 'check', '.')).toMatchObject({ code: 0 });
    expect(await inCopy('npm', 'run', 'build')).toMatchObject({ code: 0 });
    const tests = ['output/not-huge', 'readings', 'measurements'].map((one) => `dist/suites/${one}`);
    const { out } = await inCopy('npx', 'vitest', 'run', '--project', 'unit', ...tests);
    expect(out).toMatch(/Test Files +3 failed/);
  });

  test.each([
    [['output/shape'], 'There is a check output/shape already.'],
    [['output'], 'output is no id'],
    [['output/other', '--twin', 'softmax'], 'There is a broken model softmax already'],
  ])('%j is refused', async (args, why) => {
    expect(await newCheck(...args)).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });
});

test('what the page says to write makes a check that passes its unit test', async () => {
  const [promise = '', property = '', failing = ''] = blocks('ts');
  change(check, / {2}level: [\s\S]*? {2}\},\n/, promise);
  change(check, / {2}holds: [\s\S]*?held: .*\n/, property);
  change(unitTest, / {4}\{\n {6}name: 'TODO'[\s\S]*? {4}\},\n/, failing);
  expect(read(check) + read(unitTest)).not.toContain('TODO');
  expect(await inCopy('npx', 'biome', 'check', check, unitTest)).toMatchObject({ code: 0 });
  expect(await inCopy('npm', 'run', 'build')).toMatchObject({ code: 0 });
  const { out } = await inCopy('npx', 'vitest', 'run', '--project', 'unit', 'dist/suites/output/not-huge');
  expect(out).toMatch(/Tests +2 passed/);
});

test('and a broken model and a rule that Python can read', async () => {
  const [twin = '', rule = ''] = blocks('python');
  change(twins, /class RowsTimesABillion[\s\S]*?\n(?=\n\n)/, twin);
  change(oracle, /def output_not_huge[\s\S]*?\n(?=\n\n)/, rule);
  const { code, err } = await inCopy('python3', '-m', 'py_compile', twins, oracle);
  expect([code, err]).toEqual([0, '']);
});

function inCopy(program: string, ...args: readonly string[]) {
  return run(program, args, { cwd: folder });
}

function newCheck(...args: readonly string[]) {
  return inCopy('node', 'dist/scripts/new-check/main.js', ...args);
}

/** The code blocks of CONTRIBUTING.md in a language. */
function blocks(language: string): string[] {
  const page = pages().find(({ file }) => file === 'CONTRIBUTING.md');
  return page?.blocks.flatMap((block) => (block.language === language ? [block.text] : [])) ?? [];
}

function read(file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}

function change(file: string, from: RegExp, to: string): void {
  const text = read(file);
  expect(text).toMatch(from);
  writeFileSync(
    path.join(folder, file),
    text.replace(from, () => to),
  );
}
