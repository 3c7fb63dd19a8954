import { readFileSync, writeFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { Listed } from '../cli/list.js';
import { inProject, projectFolder, twins } from '../proof/project.js';
import { checkFiles, listText } from '../scripts/list-of-checks.js';
import { checks } from '../suites/all.js';
import { suites } from '../suites/order.js';
import { checksPage } from './checks-page.js';
import { assay } from './run-command.js';
import { isTest } from './sources.js';

/** The rules of the contract: the files that export a check, by the id that each must have. */
const rules = checkFiles(projectFolder)
  .map(({ file }) => file.replace(/^suites\/|\.ts$/g, ''))
  .sort();

const page = readFileSync(inProject('docs', 'checks.md'), 'utf8');

describe('the rules are', () => {
  test('all in suites/all.ts, which npm run new-check writes from the files', () => {
    const list = readFileSync(inProject('suites', 'all.ts'), 'utf8');
    expect(list).toBe(listText(checkFiles(projectFolder)));
  });

  test('each in a suite that has its place in the order', () => {
    expect([...new Set(rules.map((id) => id.split('/')[0]))].sort()).toEqual([...suites].sort());
  });

  test('the checks that run', () => {
    expect(checks.map(({ id }) => id).sort()).toEqual(rules);
  });

  test('what `assay list` shows', async () => {
    const { out } = await assay(['list', '--json']);
    expect((JSON.parse(out) as Listed[]).map(({ id }) => id)).toEqual(rules);
  });

  test('the sections of docs/checks.md', () => {
    expect([...page.matchAll(/^### (.*)$/gm)].map(([, id]) => id)).toEqual(rules);
  });
});

describe('each rule', () => {
  test('has a file of its own, named for it, that exports this check and no other', async () => {
    const files = (await checksByFile()).filter(([, ids]) => ids.length > 0);
    expect(files).toEqual(rules.map((id) => [`suites/${id}.ts`, [id]]));
  });

  test('has a broken twin', () => {
    const caught = new Set(twins().map(({ check }) => check));
    expect(rules.filter((id) => !caught.has(id))).toEqual([]);
  });

  test('is the only one that a twin may name', () => {
    expect(twins().filter(({ check }) => !rules.includes(check))).toEqual([]);
  });

  test('says how many calls it makes, unless it only reads', () => {
    const silent = checks.filter(
      ({ kind, explain }) => (kind === 'reading') !== (explain.calls === undefined),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test('says how, why and what to do in sentences', () => {
    const texts = checks.flatMap(({ demands, explain }) => [demands, ...Object.values(explain)]);
    expect(texts.filter((text) => !/^[A-Z`].*\.$/.test(text))).toEqual([]);
  });
});

test('docs/checks.md says what the checks say', () => {
  const current = page.replace(
    /(<!-- checks -->\n).*(<!-- \/checks -->)/s,
    () => `<!-- checks -->\n${checksPage()}\n<!-- /checks -->`,
  );
  if (process.env.UPDATE_DOCS) writeFileSync(inProject('docs', 'checks.md'), current);
  else expect(page).toBe(current);
});

/** The files in `suites/`, sorted, each with the ids of the checks that it exports. */
async function checksByFile(): Promise<(readonly [file: string, ids: readonly string[]])[]> {
  const files = globSync('suites/**/*.ts', { cwd: projectFolder, ignore: ['suites/all.ts'] });
  const modules = files
    .filter((file) => !isTest(file))
    .sort()
    .map(async (file) => [file, Object.values(await exportsOf(file)).flatMap(idIn)] as const);
  return Promise.all(modules);
}

function exportsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(new URL(`../${file.replace(/\.ts$/, '.js')}`, import.meta.url).href);
}

/** The id of what looks like a check. */
function idIn(value: unknown): string[] {
  const check = typeof value === 'object' && value !== null && 'demands' in value && 'id' in value;
  return check ? [String(value.id)] : [];
}
