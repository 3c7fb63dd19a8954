import { afterAll, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { idOf } from '../torture/kind.js';
import { allKinds } from '../torture/kinds/all.js';
import { emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
afterAll(remove);

test('damaged files of every kind are accepted or refused, and change nothing outside', {
  timeout: 300_000,
}, async () => {
  const main = inProject('dist', 'torture', 'main.js');
  const { out, err, code } = await run(process.execPath, [main, '--short', '--out', folder]);
  const lines = out.trim().split('\n');
  const kinds = allKinds('/canary').filter(({ format }) => format !== 'decoded image' || err === '');
  expect(lines.filter((line) => !/: \d+ inputs, \d+ accepted, \d+ refused \(/.test(line))).toEqual([]);
  expect(lines.map((line) => line.split(':')[0])).toEqual(kinds.map(idOf));
  expect(code).toBe(0);
});
