import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseSpec } from '../parsing/parse.js';
import { renderProblem } from '../problem/render.js';
import { keyTable } from './key-table.js';

const file = new URL('../../../../docs/spec.md', import.meta.url);
const page = readFileSync(file, 'utf8');
const blocks = [...page.matchAll(/```(\w*)\n(.*?)```/gs)].map(([, language, text = '']) => ({
  language,
  text,
}));

test('docs/spec.md has the table of keys that the schema gives', () => {
  const current = page.replace(/(<!-- keys -->\n).*(<!-- \/keys -->)/s, `$1${keyTable()}\n$2`);
  if (process.env.UPDATE_DOCS) writeFileSync(file, current);
  else expect(page).toBe(current);
});

describe('the examples of docs/spec.md', () => {
  test.each(blocks.filter(({ language }) => language === 'yaml'))('parse: $text', ({ text }) => {
    expect(parseSpec(text, 'spec.yaml')).toMatchObject({ kind: 'contract' });
  });

  test('fail as shown', () => {
    const text =
      'model: m\napi: image-classification\nimage_size: { heigth: 224, width: 224 }\nnum_classes: 5\n';
    const parsed = parseSpec(text, 'specs/a.yaml');
    const shown =
      parsed.kind === 'problems' ? parsed.problems.map((one) => renderProblem(one, { color: false })) : [];
    expect(shown.map((one) => `${one}\n`)).toEqual(
      blocks.filter(({ language }) => language === '').map(({ text }) => text),
    );
  });
});
