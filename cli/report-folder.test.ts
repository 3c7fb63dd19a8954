import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeContract } from '../harness/contract/testing/fake-contract.js';
import type { ReadSpec } from '../harness/run/read-specs.js';
import { expectOutsideModels, openReportFolder } from './report-folder.js';

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

test('reports are not written into a model that is checked, by whatever path', () => {
  mkdirSync('model');
  symlinkSync('model', 'linked');
  const contract = { ...fakeContract(), model: { kind: 'folder', path: path.resolve('model') } };
  const specs = [{ file: 'a.yaml', parsed: { kind: 'contract', contract } }] as unknown as ReadSpec[];
  for (const out of ['model', 'model/reports', 'linked/deep'])
    expect(() => expectOutsideModels(out, specs)).toThrow('inside the model');
  for (const out of ['assay-report', 'model-report', '.'])
    expect(() => expectOutsideModels(out, specs)).not.toThrow();
});
