import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();

afterAll(remove);

test('the benchmark makes the calls of a run in each way that there is', { timeout: 300_000 }, async () => {
  const out = path.join(folder, 'performance.md');
  const main = inProject('dist', 'bench', 'main.js');
  const spec = inProject('specs', 'bare-function.yaml');
  const { code, err } = await run(process.execPath, [main, '--specs', spec, '--repeats', '1', '--out', out]);
  expect(code, err).toBe(0);
  const page = readFileSync(out, 'utf8');
  const rows = page.split('\n').filter((line) => /^\| (a bare loop|assay check)/.test(line));
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row).toMatch(/(\| \d+\.\d \(\d+\.\d to \d+\.\d\) ){2}\| [1-9]\d+ \|$/);
  const [, calls] = page.match(/^(\d+) calls at \d+ shapes\.$/m) ?? [];
  expect(Number(calls)).toBeGreaterThan(100);
});

const browser = process.env.ASSAY_CHROMIUM ?? '/usr/bin/chromium';

test.skipIf(!existsSync(browser))(
  'many models are checked in one run, with its memory and the opening of its report',
  {
    timeout: 300_000,
  },
  async () => {
    const out = path.join(folder, 'performance-many.md');
    const main = inProject('dist', 'bench', 'many.js');
    const how = ['--models', '2', '--calls', '50', '--seed', '3', '--out', out];
    const { code, err } = await run(process.execPath, [main, ...how]);
    expect(code, err).toBe(0);
    const page = readFileSync(out, 'utf8');
    expect(page).toMatch(
      /^2 small models, .* 2 conform\. .* first card is there \d+\.\d s after it is opened\.$/m,
    );
    const rows = page.split('\n').filter((line) => /^\| \d+ \| [1-9]\d+ \| [1-9]\d+ \|$/.test(line));
    // Ten of the calls; of a run as short as this, not every tenth was looked at.
    expect(rows.length).toBeGreaterThan(10);
  },
);
