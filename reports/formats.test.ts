import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { variedRun } from './fixtures/varied-run.js';
import { formats } from './formats.js';

test('formats are sorted by name and write to files of their own', () => {
  const names = formats.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
  const files = formats.flatMap(({ file }) => file ?? []);
  expect(new Set(files).size).toBe(files.length);
});

test('gives the same bytes in any time zone and locale', () => {
  const script = `
    const { formats } = await import(${JSON.stringify(new URL('./formats.js', import.meta.url).href)});
    const { variedRun } = await import(${JSON.stringify(new URL('./fixtures/varied-run.js', import.meta.url).href)});
    console.log(JSON.stringify(formats.map(({ render }) => render(variedRun()))));`;
  const env = {
    PATH: process.env.PATH,
    TZ: 'Pacific/Kiritimati',
    LANG: 'ar_EG.UTF-8',
    LC_ALL: 'tr_TR.UTF-8',
    FORCE_COLOR: '3',
  };
  const there = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env,
    encoding: 'utf8',
  });
  expect(JSON.parse(there)).toEqual(formats.map(({ render }) => render(variedRun())));
});
