import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fakeContract } from '../../harness/contract/testing/fake-contract.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { testOnBundledModels } from '../bundled-models.test.support.js';
import { classIndex } from './class-index.js';

testOnBundledModels(classIndex, {
  'class-without-name': /^an empty line 2 in labels-one-empty\.txt$/,
  'class-with-blank-name': /^line 2 of labels-one-blank\.txt holds only U\+200B, which cannot be seen$/,
  'names-one-short': /^1 name in labels-1\.txt$/,
});

const folder = mkdtempSync(path.join(tmpdir(), 'assay-class-index-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('hundreds of thousands of names are read in seconds, and those given twice are found', {
  timeout: 20_000,
}, () => {
  const names = Array.from({ length: 300_000 }, (_, at) => `class ${at}`);
  expect(decided([...names, 'class 7'])).toMatchObject({
    status: 'pass',
    warnings: ['labels.txt names class 7 more than once.'],
  });
});

test.each([
  ['nothing', '', 'an empty line 2 in labels.txt'],
  ['a Hangul filler', '\u3164', 'line 2 of labels.txt holds only U+3164, which cannot be seen'],
  [
    'a Braille pattern without dots',
    '\u2800',
    'line 2 of labels.txt holds only U+2800, which cannot be seen',
  ],
  ['a tag character', '\u{E0041}', 'line 2 of labels.txt holds only U+E0041, which cannot be seen'],
  ['two joiners', '\u034F\u2060', 'line 2 of labels.txt holds only U+034F, U+2060, which cannot be seen'],
])('a line that holds %s is told of', (_, name, actual) => {
  expect(decided(['cat', name, 'dog'])).toMatchObject({
    status: 'fail',
    finding: { expected: 'a name for class 1', actual },
  });
});

function decided(names: readonly string[]) {
  const classes = path.join(folder, 'labels.txt');
  writeFileSync(classes, names.join('\n'));
  const contract = fakeContract({ api: 'image-classification', num_classes: names.length, classes });
  return classIndex.kind === 'reading' ? classIndex.read(fakeModel(), contract) : undefined;
}
