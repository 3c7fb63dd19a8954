import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { materialNamed } from '../proof/material.js';
import { inProject } from '../proof/project.js';

const page = readFileSync(inProject('docs', 'proof.md'), 'utf8');

/** Cells of the tables on the page, row by row; what was counted in them is the proof's own matter. */
const rows = page.split(/^(?=## |### )/m).flatMap((section) => {
  const title = /^#+ (.*)/.exec(section)?.[1] ?? '';
  return [...section.matchAll(/^\| (.*) \|$/gm)].map(([, cells = '']) => [title, ...cells.split(' | ')]);
});

const { models, twins } = materialNamed([]);

/** Models that came after the run, which the page lists apart. */
const [, added = ''] = page.split('## Added since this run');
const addedTwins = [...added.matchAll(/^- (\S+\/\S+: \S+)$/gm)].map(([, one = '']) => one);
const addedModels = [...added.matchAll(/^- ([^\s:/]+)$/gm)].map(([, one = '']) => one);

test('docs/proof.md tells of a proof that holds', () => {
  expect(page).toMatch(/^✅ \*\*It holds\.\*\*/m);
});

test('docs/proof.md names every broken model with its check, and no other; npm run proof renews it', () => {
  const listed = rows.flatMap(([suite, check, twin, caught = '']) =>
    / of /.test(caught) ? [`${suite}/${check}: ${twin}`] : [],
  );
  expect([...listed, ...addedTwins].sort()).toEqual(
    twins.map(({ check, twin }) => `${check}: ${twin}`).sort(),
  );
});

test('docs/proof.md names every conforming model, and no other; npm run proof renews it', () => {
  const listed = rows.flatMap(([title, model = '', runs = '']) =>
    title === 'Conforming models' && /^\d/.test(runs) ? [model] : [],
  );
  expect([...listed, ...addedModels].sort()).toEqual([...models].sort());
});
