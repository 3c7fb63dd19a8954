import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { checks } from '../suites/all.js';
import { assay, emptyFolder } from './run-command.js';

const { folder, remove } = emptyFolder();
const names = ['tiny-classifier', 'shapes-classifier'];
const file = inProject('docs', 'checks.md');
const page = readFileSync(file, 'utf8');
const table = /(<!-- calls -->\n).*(<!-- \/calls -->)/s;

/** Random rows, and rounding on another processor, decide on further calls of a few checks. */
const timesApart = 2;

beforeAll(() => ensureRuntime(), 600_000);

afterAll(remove);

test('docs/checks.md tells how many calls each check makes; UPDATE_DOCS=1 writes them anew', async () => {
  const counted = await countedCalls();
  if (process.env.UPDATE_DOCS)
    writeFileSync(file, page.replace(table, `<!-- calls -->\n${text(counted)}\n<!-- /calls -->`));
  else
    for (const [id, found] of counted)
      for (const [at, count] of found.entries()) {
        const told = toldOf(id)[at] ?? Number.NaN;
        expect(Math.max(told, count), `${id}, ${names[at]}: ${told} or ${count}`).toBeLessThanOrEqual(
          timesApart * Math.min(told, count),
        );
      }
}, 600_000);

/** Those of a run, for each model, by the id of the check. */
async function countedCalls(): Promise<ReadonlyMap<string, readonly number[]>> {
  const specs = names.map((name) => inProject(`specs/${name}.yaml`));
  const args = ['--seed', '1', '--no-cache', '--report', 'json', '--out', folder];
  expect(await assay(['check', ...specs, ...args])).toMatchObject({ code: 0 });
  const { models } = JSON.parse(readFileSync(path.join(folder, 'run.json'), 'utf8')) as Run;
  const called = checks.filter(({ explain }) => explain.calls !== undefined).map(({ id }) => id);
  return new Map(called.sort().map((id) => [id, names.map((name) => callsIn(models, name, id)).map(Number)]));
}

function callsIn(models: Run['models'], name: string, id: string): number | undefined {
  return models.find((one) => one.name === name)?.checks.find((one) => one.id === id)?.calls;
}

function text(counted: ReadonlyMap<string, readonly number[]>): string {
  const rows = [...counted].map(([id, counts]) => `| \`${id}\` | ${counts.join(' | ')} |`);
  const all = names.map((_, at) => [...counted.values()].reduce((sum, counts) => sum + (counts[at] ?? 0), 0));
  const head = [`| check | ${names.map((name) => `\`${name}\``).join(' | ')} |`, '|---|---:|---:|'];
  return [...head, ...rows, `| all | ${all.join(' | ')} |`].join('\n');
}

/** What the page says. */
function toldOf(id: string): readonly number[] {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\` |`)) ?? '';
  return row
    .split('|')
    .slice(2, 2 + names.length)
    .map(Number);
}
