import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../check/check.js';
import { checksIn } from './check-module.js';
import { withOwnChecks } from './own-checks.js';

const folder = mkdtempSync(path.join(tmpdir(), 'own-checks-'));
const ours: Check = {
  id: 'output/shape',
  level: 'must',
  demands: 'It MUST.',
  explain: { matters: 'm', decided: 'd', fix: 'f' },
  applies: () => true,
  kind: 'reading',
  read: () => ({ status: 'pass', summary: '' }),
};
const bundled = { file: '/assay/all.js', checks: [ours] };
const loaded = (...modules: string[]) => withOwnChecks(bundled, modules, [folder]);

beforeAll(() => {
  write('good.mjs', moduleOf('acme/one', 'acme/two'));
  write('more.mjs', moduleOf('acme/three'));
  mkdirSync(path.join(folder, 'node_modules/their-checks'), { recursive: true });
  write('node_modules/their-checks/package.json', '{ "exports": "./main.mjs" }');
  write('node_modules/their-checks/main.mjs', moduleOf('their/one'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('checks of files and packages come after those of this package, in the order given', async () => {
  const modules = await loaded('more.mjs', './good.mjs', 'their-checks');
  expect(checksIn(modules).map(({ id }) => id)).toEqual([
    'output/shape',
    'acme/three',
    'acme/one',
    'acme/two',
    'their/one',
  ]);
  expect(modules.map(({ name }) => name)).toEqual([
    undefined,
    'more.mjs',
    'good.mjs',
    path.join('node_modules', 'their-checks', 'main.mjs'),
  ]);
});

test('what is not in the first folder is looked for in the next', async () => {
  const modules = await withOwnChecks(bundled, ['good.mjs'], [path.parse(folder).root, folder]);
  expect(modules[1]?.file).toBe(path.join(folder, 'good.mjs'));
});

describe('a module is refused', () => {
  test.each([
    ['that is not there', './gone.mjs', undefined, './gone.mjs: there is no such file.'],
    ['that is not installed', 'gone', undefined, 'gone: there is no such file, and no such package'],
    ['that throws', 'throws.mjs', 'throw new Error("boom")', 'throws.mjs: it cannot be loaded: boom'],
    ['that is no JavaScript', 'prose.mjs', 'these are words', 'it cannot be loaded: '],
    ['without checks', 'empty.mjs', 'export const checks = [];', 'it must export `checks`'],
    ['with something else', 'else.mjs', 'export const checks = [3];', 'check 1: It must be an object.'],
    ['in our namespace', 'ours.mjs', moduleOf('output/bright'), '`output` is a suite of assay.'],
    ['with two of one id', 'two.mjs', moduleOf('a/b', 'a/b'), 'a/b: two of its checks have this id.'],
  ])('%s', async (_, name, text, message) => {
    if (text !== undefined) write(name, text);
    await expect(loaded(name)).rejects.toThrow(message);
  });

  test('with an id that another has', async () => {
    write('again.mjs', moduleOf('acme/two'));
    await expect(loaded('good.mjs', 'again.mjs')).rejects.toThrow(
      'again.mjs: acme/two: good.mjs has a check of this id already.',
    );
  });
});

function moduleOf(...ids: readonly string[]): string {
  const rest = `level: 'must', demands: 'It MUST.', explain: { matters: 'm', decided: 'd', fix: 'f' },
    applies: () => true, kind: 'reading', read: () => ({ status: 'pass', summary: '' })`;
  return `export const checks = [${ids.map((id) => `{ id: '${id}', ${rest} }`).join(', ')}];`;
}

function write(file: string, text: string): void {
  writeFileSync(path.join(folder, file), text);
}
