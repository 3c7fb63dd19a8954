import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReportFolder } from './report-folder.js';

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'reports-')));
  mkdirSync(path.join(folder, 'repository', '.git'), { recursive: true });
  mkdirSync(path.join(folder, 'outside'));
  symlinkSync('../outside', path.join(folder, 'repository', 'link'));
  process.chdir(path.join(folder, 'repository'));
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test.each(['link', 'link/deeper/reports'])(
  'a link out of the repository is not followed: %s',
  async (out) => {
    await expect(openReportFolder(out, [], true)).rejects.toThrow(/a link leads out of the repository/);
    expect(existsSync(path.join(folder, 'outside', 'deeper'))).toBe(false);
    await openReportFolder(out, [], false);
  },
);

test.each(['assay-report', '../outside/reports'])('a folder that was asked for is made: %s', async (out) => {
  await openReportFolder(out, [], true);
  expect(existsSync(out)).toBe(true);
});

test('reports are not written into a model, by whatever path', async () => {
  mkdirSync('model');
  writeFileSync('model/saved_model.pb', '');
  symlinkSync('model', 'linked');
  for (const out of ['model', 'model/reports', 'linked/deep'])
    await expect(openReportFolder(out, [])).rejects.toThrow('inside a model');
  expect(readdirSync('model')).toEqual(['saved_model.pb']);
  for (const out of ['assay-report', 'model-report', '.']) await openReportFolder(out, []);
});
