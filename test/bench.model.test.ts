import { readFileSync } from 'node:fs';
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
