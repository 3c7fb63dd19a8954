import { expect, test } from 'vitest';
import { isTest, type Source, sources } from './sources.js';

/** Files over 200 lines, and why each is one file. */
const long: Readonly<Record<string, string>> = {
  'cli/verify/verify.test.ts': 'tables: every way in which a statement or a model is edited',
  'harness/contract/parsing/bad-specs.test.ts': 'a table: one mistake per row, with the sentence it gets',
  'harness/contract/parsing/real-specs.test.ts': 'a table: one public documentation page per row',
  'harness/savedmodel/reading/refusals.test.ts': 'a table: everything that is not a SavedModel',
  'harness/savedmodel/saved-model.ts': 'types only: everything that a model offers, on one page',
  'harness/verdict/shard/faults.test.ts': 'a table: everything that keeps runs from being the parts of one',
  'suites/training/many-steps.test.ts': 'a table: one model with state per row',
};

/** This file names what it forbids. */
const all = sources().filter(({ file }) => file !== 'test/style.test.ts');

test('a file over 200 lines has a reason', () => {
  expect(filesWhere(({ text }) => text.trimEnd().split('\n').length > 200)).toEqual(Object.keys(long));
});

test('nothing is exported as default', () => {
  expect(filesWhere(({ text }) => /^export default|\bas default\b/m.test(text))).toEqual([
    'vitest.config.ts',
  ]);
});

test('only the doors of the package pass on what others export', () => {
  expect(filesWhere(({ text }) => /^export (?:type )?(?:\*|\{[^}]*\} from)/m.test(text))).toEqual([
    'api/check.ts',
    'api/index.ts',
    'api/testing.ts',
  ]);
});

test('no file is called util, helpers or common', () => {
  expect(filesWhere(({ file }) => /(?:^|\/)(?:utils?|helpers?|common|misc|shared)[./]/.test(file))).toEqual(
    [],
  );
});

test('no warning is silenced', () => {
  const silencing = /@ts-(?:ignore|expect-error|nocheck)|biome-ignore/;
  expect(filesWhere(({ text }) => silencing.test(text))).toEqual([]);
});

test('no error is dropped, whatever it may be', () => {
  const dropping = /\bcatch \{|\.catch\(\(\) =>/;
  expect(filesWhere(({ file, text }) => !isTest(file) && dropping.test(text))).toEqual([]);
});

test('no test stands alone', () => {
  const alone = /\b(?:test|it|describe)\.(?:only|todo)\b/;
  expect(filesWhere(({ file, text }) => isTest(file) && alone.test(text))).toEqual([]);
});

function filesWhere(holds: (source: Source) => boolean): string[] {
  return all.filter(holds).map(({ file }) => file);
}
