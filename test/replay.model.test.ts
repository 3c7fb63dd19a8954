import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Finding, Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
const name = "it's odd";
const out = 'my reports';
let findings: Finding[] = [];

beforeAll(async () => {
  await ensureRuntime();
  cpSync(inProject('models-under-test/twins/fails-at-odd-sizes'), path.join(folder, 'model'), {
    recursive: true,
  });
  writeSpec('{ min: 16, max: 48 }');
  const only = ['--only', 'input/every-size', 'output/shape'];
  const { code } = await assay(
    ['check', 'spec.yaml', '--seed', '7', '--report', 'html', '--out', out, ...only],
    {
      cwd: folder,
    },
  );
  expect(code).toBe(1);
  const { models } = JSON.parse(readFileSync(path.join(folder, out, 'run.json'), 'utf8')) as Run;
  findings = models.flatMap(({ checks }) => checks.flatMap(({ finding }) => finding ?? []));
}, 600_000);

afterAll(remove);

function writeSpec(sizes: string): void {
  const spec = [
    'model: model',
    `name: "${name}"`,
    'api: image-feature-vector',
    `image_size: { height: ${sizes}, width: ${sizes} }`,
    'num_features: 6',
    'runs: 10',
  ];
  writeFileSync(path.join(folder, 'spec.yaml'), `${spec.join('\n')}\n`);
}

describe('a failing case is kept', () => {
  test('in run.json, and its images beside it', () => {
    const [finding] = findings;
    expect(finding?.batch).toMatchObject({ count: 1, pattern: 'black' });
    expect(finding?.replay).toBe(
      `assay replay 'my reports/run.json' --model 'it'\\''s odd' --check input/every-size`,
    );
    expect(existsSync(path.join(folder, out, finding?.pixels ?? 'none'))).toBe(true);
  });

  test('where nothing is written, no command is shown that could not work', async () => {
    const args = [
      'check',
      'spec.yaml',
      '--only',
      'input/every-size',
      '--report',
      'terminal',
      '--out',
      'none',
    ];
    const printed = await assay(args, { cwd: folder });
    expect(printed.out).toContain('input/every-size');
    expect(printed.out).not.toContain('replay');
    expect(existsSync(path.join(folder, 'none'))).toBe(false);
  });
});

describe('assay replay, in this order', () => {
  const replay = (...args: string[]) => assay(['replay', `${out}/run.json`, ...args], { cwd: folder });

  test('the command, pasted into a shell, finds the failure again: 1', async () => {
    const command = findings[0]?.replay?.replace(
      /^assay/,
      `${process.execPath} ${inProject('dist/bundle/cli.js')}`,
    );
    const printed = await run('bash', ['-c', command ?? 'false'], { cwd: folder });
    expect(printed).toMatchObject({ code: 1, err: '' });
    expect(printed.out).toMatch(/^✗ still failing {2}it's odd: input\/every-size/);
    expect(printed.out).toContain('evenly divisible by 2');
  });

  test('from another folder, too', async () => {
    const printed = await assay(['replay', path.join(folder, out, 'run.json')], {
      cwd: path.parse(folder).root,
    });
    expect(printed.code).toBe(1);
  });

  test('a spec that promises nothing of the case any more: 2', async () => {
    writeSpec('{ min: 16, max: 48, step: 2 }');
    const { code, out: printed } = await replay();
    expect(code).toBe(2);
    expect(printed).toMatch(/^\? could not run .*\n +because +The spec no longer allows a batch of 1 at/);
    writeSpec('{ min: 16, max: 48 }');
  });

  test('a model that was fixed: 0, and a word that it has changed', async () => {
    rmSync(path.join(folder, 'model'), { recursive: true });
    cpSync(inProject('models-under-test/resizes-inside'), path.join(folder, 'model'), { recursive: true });
    const { code, out: printed } = await replay();
    expect(printed).toMatch(/^✓ fixed {2}it's odd: input\/every-size {2}1 call, /);
    expect(printed).toContain("The model's files have changed since");
    expect(printed).not.toContain('The spec');
    expect(code).toBe(0);
  });

  test('a word where the spec has changed', async () => {
    appendFileSync(path.join(folder, 'spec.yaml'), '# More.\n');
    const { out: printed } = await replay();
    expect(printed).toContain('The spec spec.yaml, or a file that it names, has changed since');
  });

  test('a model that is gone, and a spec that is gone: 2', async () => {
    rmSync(path.join(folder, 'model'), { recursive: true });
    expect(await replay()).toMatchObject({ code: 2, out: expect.stringContaining('could not run') });
    rmSync(path.join(folder, 'spec.yaml'));
    expect(await replay()).toMatchObject({
      code: 2,
      out: expect.stringContaining('spec.yaml does not exist'),
    });
  });

  test.each([
    [['--model', 'its odd'], "Did you mean it's odd?"],
    [['--check', 'output/shapes'], 'Did you mean output/shape?'],
    [['--check', 'output/shape'], 'output/shape did not fail in that run'],
  ])('%j, which is no failure of that run: 2, and a word', async (args, word) => {
    const { code, err } = await replay(...args);
    expect(code).toBe(2);
    expect(err).toContain(word);
  });
});

test('a script that cannot be written is one that says so, and shows nothing', async () => {
  const asked = ['replay', `${out}/run.json`, '--check', 'output/shape', '--python'];
  const { code, out: script, err } = await assay(asked, { cwd: folder });
  expect([code, err]).toEqual([2, expect.stringContaining('output/shape did not fail in that run')]);
  expect(script).toContain('output/shape did not fail in that run');
  expect(script).toContain('sys.exit(2)');
});

describe('assay report', () => {
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

  test('redraws a stored run, byte for byte', async () => {
    const files = ['report.html', 'run.json'];
    const before = files.map((file) => read(`${out}/${file}`));
    const { code, out: printed } = await assay(['report', `${out}/run.json`, '--report', 'html,json'], {
      cwd: folder,
    });
    expect([code, printed]).toEqual([0, files.map((file) => `${out}/${file}\n`).join('')]);
    expect(files.map((file) => read(`${out}/${file}`))).toEqual(before);
  });

  test('elsewhere, its paths lead to the same places', async () => {
    const args = [
      'report',
      `${out}/run.json`,
      '--report',
      'json,junit,markdown,sarif',
      '--out',
      'again/deep',
    ];
    expect((await assay(args, { cwd: folder })).code).toBe(0);
    const moved = JSON.parse(read('again/deep/run.json')) as Run;
    expect(moved.base).toBe('../..');
    const [pixels] = moved.models.flatMap(({ checks }) =>
      checks.flatMap(({ finding }) => finding?.pixels ?? []),
    );
    expect(existsSync(path.join(folder, 'again/deep', pixels ?? 'none'))).toBe(true);
    expect(JSON.parse(read('again/deep/report.sarif')).runs[0].results[0].locations[0]).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'spec.yaml' }, region: { startLine: 4 } },
    });
  });

  test('prints what is printed', async () => {
    const { code, out: printed } = await assay(['report', `${out}/run.json`, '--report', 'terminal,github'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(printed).toContain('Does not conform');
    expect(printed).toMatch(/^::error file=spec\.yaml,line=4,/m);
  });

  test.each([
    [['report', 'spec.json'], 'there is no such file'],
    [['report', 'my reports/run.json', '--report', 'pdf'], 'There is no report'],
  ])('%j: 2, and a word', async (args, word) => {
    const { code, err } = await assay(args, { cwd: folder });
    expect(code).toBe(2);
    expect(err).toContain(word);
  });
});
