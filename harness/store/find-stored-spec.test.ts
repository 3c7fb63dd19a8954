import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { baseOf, findStoredSpec, movedTo } from './find-stored-spec.js';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'found-')));
const [project, out, elsewhere] = ['project', 'project/out/today', 'elsewhere'].map((name) => {
  mkdirSync(path.join(folder, name), { recursive: true });
  return path.join(folder, name);
}) as [string, string, string];
writeFileSync(path.join(project, 'a.yaml'), '');
writeFileSync(path.join(elsewhere, 'b.yaml'), '');

test('the way back to where a run was made, through links, too', () => {
  expect(baseOf(out, project)).toBe('../..');
  expect(baseOf(project, project)).toBe('.');
  const link = path.join(folder, 'link');
  symlinkSync(out, link);
  expect(baseOf(link, project)).toBe('../..');
});

test('a spec is found from where the run was made, else from here', () => {
  const file = path.join(out, 'run.json');
  expect(findStoredSpec(file, { base: '../..', spec: 'a.yaml' }, elsewhere)).toBe(
    path.join(project, 'a.yaml'),
  );
  expect(findStoredSpec(file, { base: '../..', spec: 'b.yaml' }, elsewhere)).toBe(
    path.join(elsewhere, 'b.yaml'),
  );
  expect(findStoredSpec(file, { base: undefined, spec: 'a.yaml' }, project)).toBe(
    path.join(project, 'a.yaml'),
  );
  expect(findStoredSpec(file, { base: '../..', spec: 'c.yaml' }, elsewhere)).toBeUndefined();
});

test('a run that is written elsewhere leads to the same places', () => {
  const finding = { where: '', expected: '', actual: '', pixels: 'cases/x.npy' };
  const run = { base: '..', models: [{ checks: [{ finding }, {}] }] } as unknown as Parameters<
    typeof movedTo
  >[2];
  expect(movedTo('/a/other', '/a/out', run)).toMatchObject({
    base: '..',
    models: [{ checks: [{ finding: { pixels: '../out/cases/x.npy' } }, {}] }],
  });
  expect(movedTo('/a/out', '/a/out', run)).toEqual(run);
});
