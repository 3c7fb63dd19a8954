import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { idOf } from '../torture/kind.js';
import { allKinds } from '../torture/kinds/all.js';
import { titles } from '../torture/page.js';

const page = readFileSync(inProject('docs', 'torture.md'), 'utf8');
const kinds = allKinds('/canary');

test('every kind has a name of its own', () => {
  const ids = kinds.map(idOf);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(40);
});

test('docs/torture.md tells of a run in which nothing forbidden came about', () => {
  expect(page).toMatch(/^✅ \*\*Nothing forbidden came about\*\* in \d{3},\d{3} inputs/m);
});

test('docs/torture.md names every kind, and no other; npm run torture renews it', () => {
  const named = Object.entries(titles).flatMap(([format, title]) => {
    const [, section = ''] = page.split(`## ${title}\n`);
    const [own = ''] = section.split('\n## ');
    return [...own.matchAll(/^\| (?!kind|---)(.+?) \| \d+ \|/gm)].map(([, name]) => `${format}: ${name}`);
  });
  expect(named.sort()).toEqual(kinds.map(({ format, name }) => `${format}: ${name}`).sort());
});
