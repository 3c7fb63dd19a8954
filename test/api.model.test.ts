import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { pages } from './markdown.js';
import { assay, emptyFolder, run } from './run-command.js';

/** A project of somebody else's, with the files of docs/api.md in it as they stand there. */
const { folder, remove } = emptyFolder();
const own = ['--checks', './acme-checks.js'];

beforeAll(async () => {
  await ensureRuntime();
  mkdirSync(path.join(folder, 'specs'), { recursive: true });
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(inProject(), path.join(folder, 'node_modules/model-assay'));
  symlinkSync(inProject('node_modules/vitest'), path.join(folder, 'node_modules/vitest'));
  for (const model of ['tiny-features', 'unit-features']) {
    cpSync(inProject('models-under-test', model), path.join(folder, 'models-under-test', model), {
      recursive: true,
    });
    cpSync(inProject('specs', `${model}.yaml`), path.join(folder, 'specs', `${model}.yaml`));
  }
  write('package.json', '{ "type": "module" }');
  for (const [file, text] of filesOnPage()) write(file, text);
}, 300_000);

afterAll(remove);

test('the page has a file for each thing that it mentions', () => {
  expect([...filesOnPage().keys()]).toEqual([
    'check.mjs',
    'failures.mjs',
    'acme-checks.js',
    'acme-checks.test.js',
    'vitest.config.mjs',
  ]);
});

describe('a program', () => {
  test('checks models, and keeps its own exit code and output', async () => {
    const { code, out, err } = await run('node', ['check.mjs'], { cwd: folder });
    expect([code, out, err]).toEqual([0, 'tiny-features: conforms\nunit-features: conforms\n', '']);
  });

  test('gets errors that it can act on', async () => {
    const ended = await run('node', ['../check.mjs'], { cwd: emptyIn('without-specs') });
    expect([ended.code, ended.out]).toEqual([0, '']);
    expect(ended.err).toContain('matches nothing');
  });
});

describe('a check of somebody else', () => {
  test('runs beside ours, is shrunk, and stands in every report', async () => {
    const formats = 'html,json,junit,sarif,markdown,terminal,github';
    const args = ['check', 'specs', ...own, '--only', 'acme', 'output/shape', '--report', formats];
    const { code, out } = await assay(args, { cwd: folder });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ acme\/unit-rows {2}MUST {2}failed\n.*\n +where +length of a row/);
    expect(out).toMatch(/shown by +1 image, 16×16/);
    for (const file of ['report.html', 'run.json', 'junit.xml', 'report.sarif', 'report.md'])
      expect(readFileSync(path.join(folder, 'assay-report', file), 'utf8'), file).toContain('acme/unit-rows');
  });

  test('is replayed by the command that comes with its failure', async () => {
    const { models } = JSON.parse(readFileSync(path.join(folder, 'assay-report/run.json'), 'utf8'));
    const failed = models[0].checks.find((one: { id: string }) => one.id === 'acme/unit-rows');
    const [, ...args] = failed.finding.replay.split(' ');
    expect(await assay(args, { cwd: folder })).toMatchObject({
      code: 1,
      out: expect.stringContaining('still failing'),
    });
    const elsewhere = args.map((one: string) =>
      one.replace('assay-report', path.join(folder, 'assay-report')),
    );
    expect(await assay(elsewhere, { cwd: emptyIn('elsewhere') })).toMatchObject({ code: 1 });
  });

  test('is not run only because run.json names it', async () => {
    const { code, out } = await assay(['replay', 'assay-report/run.json'], { cwd: folder });
    expect(code).toBe(2);
    expect(out).toContain('--checks acme-checks.js');
  });

  test('is read from a stored run', async () => {
    const { out } = await run('node', ['failures.mjs'], { cwd: folder });
    expect(out).toMatch(/^tiny-features {2}acme\/unit-rows {2}length of a row: expected 1, got /);
  });

  test('is listed and explained', async () => {
    const listed = await assay(['list', ...own], { cwd: folder });
    expect(listed.out).toMatch(/^acme\/unit-rows +MUST +Each row MUST have length 1\.\n\n/);
    const explained = await assay(['explain', 'acme', ...own], { cwd: folder });
    expect(explained.out).toContain('Our search index compares directions only.');
  });

  test('is waived in a spec', async () => {
    const spec = readFileSync(path.join(folder, 'specs/tiny-features.yaml'), 'utf8');
    write(
      'waived.yaml',
      `${spec.replaceAll('../', '')}\nwaivers: [{ check: acme/unit-rows, reason: known }]\n`,
    );
    const args = ['check', 'waived.yaml', '--only', 'acme', 'output/shape', '--report', 'terminal'];
    expect(await assay([...args, ...own], { cwd: folder })).toMatchObject({ code: 0 });
    const without = await assay(['check', 'waived.yaml', '--report', 'terminal'], { cwd: folder });
    expect(without).toMatchObject({ code: 2, err: expect.stringContaining('acme/unit-rows') });
  });

  test('is tested, and runs, in plain vitest', async () => {
    const { code, out } = await run('npx', ['vitest', 'run', '--reporter=verbose'], { cwd: folder });
    expect(out).toContain('✓ acme-checks.test.js > acme/unit-rows > fails: rows of NaN');
    expect(out).toMatch(/✓ specs\/unit-features\.yaml > unit-features > acme\/unit-rows/);
    expect(out).toMatch(/× specs\/tiny-features\.yaml > tiny-features > acme\/unit-rows/);
    expect(code).toBe(1);
  });

  test('that is none is reported in a sentence: 2', async () => {
    write('no-checks.js', 'export const check = 1;');
    for (const command of [['check', 'specs'], ['list'], ['explain', 'output']])
      expect(await assay([...command, '--checks', './no-checks.js'], { cwd: folder })).toMatchObject({
        code: 2,
        err: './no-checks.js: it must export `checks`, a list of at least one check.\n',
      });
  });
});

describe('types', () => {
  const compiled = (file: string) =>
    run(inProject('node_modules/.bin/tsc'), [...strictly, file], { cwd: folder });
  const strictly = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck'];

  test('of the page hold', async () => {
    const js = ['--allowJs', '--checkJs', 'check.mjs', 'failures.mjs', 'acme-checks.js'];
    expect(
      await run(inProject('node_modules/.bin/tsc'), [...strictly, ...js], { cwd: folder }),
    ).toMatchObject({
      code: 0,
      out: '',
    });
  });

  test('say what a check lacks', async () => {
    write(
      'wrong.ts',
      "import type { Check } from 'model-assay/check';\nexport const wrong: Check = { id: 'acme/x', kind: 'reading' };\n",
    );
    expect((await compiled('wrong.ts')).out).toContain('demands');
  });
});

/** Code blocks of docs/api.md that name a file. */
function filesOnPage(): Map<string, string> {
  const page = pages().find(({ file }) => file === 'docs/api.md');
  const named = page?.blocks.flatMap(({ text }) => {
    const [, file] = /^\/\/ ([\w.-]+)\n/.exec(text) ?? [];
    return file === undefined ? [] : [[file, text] as const];
  });
  return new Map(named);
}

function write(file: string, text: string): void {
  writeFileSync(path.join(folder, file), text);
}

function emptyIn(name: string): string {
  const made = path.join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}
