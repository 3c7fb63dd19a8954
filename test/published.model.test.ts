import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Packed, pack } from './packed.test.support.js';
import { emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
let packed: Packed;

beforeAll(async () => {
  packed = await pack(folder);
}, 60_000);

afterAll(remove);

test('what is published holds what runs and a first spec to try', () => {
  const { files } = packed;
  const needed = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/bundle/cli.js',
    'dist/bundle/licenses.txt',
    'dist/api/index.d.ts',
    'dist/api/vitest.d.ts',
    'models-under-test/tiny-classifier/saved_model.pb',
    'specs/spec.schema.json',
    'specs/tiny-classifier.yaml',
  ];
  expect(needed.filter((file) => !files.includes(file))).toEqual([]);
});

test('what is published is taken by npm as it is', async () => {
  const { code, err } = await run('npm', ['publish', '--dry-run', '--ignore-scripts']);
  expect(code, err).toBe(0);
  const warnings = err.split('\n').filter((line) => /^npm warn/i.test(line));
  expect(warnings.filter((line) => !line.includes('requires you to be logged in'))).toEqual([]);
});

test('what is published holds the types of what it exports, and of no other room', () => {
  const typed = packed.files.filter((file) => file.endsWith('.d.ts'));
  const doors = ['check', 'index', 'testing', 'vitest'].map((door) => `dist/api/${door}.d.ts`);
  expect(typed).toEqual(expect.arrayContaining(doors));
  expect(typed.filter((file) => !/^dist\/(?:api|harness)\//.test(file))).toEqual([]);
});

test('what is published holds no tests, fixtures, sources or broken models, and is small', () => {
  expect(
    packed.files.filter((file) =>
      /\.test\.|fixtures|twins|golden|^dist\/(?:bench|proof|scripts|test|torture)\/|\.map$|(?<!\.d)\.ts$/.test(
        file,
      ),
    ),
  ).toEqual([]);
  expect(packed.size).toBeLessThan(1_500_000);
});
