import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewOf } from './view.js';

const here = realpathSync(mkdtempSync(path.join(tmpdir(), 'assay-view-')));
const at = (name: string) => path.join(here, name);

beforeAll(() => {
  for (const folder of [
    'snapshot/variables',
    'blobs',
    'shared/variables',
    'linked',
    'stranger/assets',
    'private',
  ])
    mkdirSync(at(folder), { recursive: true });
  for (const file of ['blobs/a', 'blobs/b', 'shared/variables/variables.index', 'private/key'])
    writeFileSync(at(file), '');
  symlinkSync('../blobs/a', at('snapshot/saved_model.pb'));
  symlinkSync('../../blobs/b', at('snapshot/variables/variables.index'));
  symlinkSync('../shared/variables', at('linked/variables'));
  symlinkSync('../private', at('stranger/assets/all'));
  symlinkSync('/', at('stranger/variables'));
  symlinkSync('snapshot', at('latest'));
  // For the system, `deep/up/..` is the folder around `private`; by its letters it is `deep`.
  mkdirSync(at('tricked/deep'), { recursive: true });
  symlinkSync('../../private', at('tricked/deep/up'));
  symlinkSync('deep/up/../private/key', at('tricked/link'));
});
afterAll(() => rmSync(here, { recursive: true }));

test('of a hub: the files that its links lead to, not those beside them', () => {
  const { places, links } = viewOf([at('snapshot')]);
  expect(places).toEqual([at('snapshot'), at('blobs/a'), at('blobs/b')]);
  expect(links.size).toBe(0);
});

test('of a link: where it leads, and the link', () => {
  const { places, links } = viewOf([at('latest')]);
  expect(places).toContain(at('snapshot'));
  expect(links).toEqual(new Map([[at('latest'), at('snapshot')]]));
});

test('of a path through a link: that link alone', () => {
  const { links } = viewOf([at('latest'), at('latest/saved_model.pb')]);
  expect([...links.keys()]).toEqual([at('latest')]);
});

test('of a checkpoint that is linked: its folder', () => {
  expect(viewOf([at('linked')]).places).toEqual([at('linked'), at('shared/variables')]);
});

test('links to folders that are no checkpoint show nothing', () => {
  expect(viewOf([at('stranger')]).places).toEqual([at('stranger')]);
});

test('a link that climbs from within another is not followed', () => {
  expect(viewOf([at('tricked')]).places).toEqual([at('tricked')]);
});

test('what lies in a place already seen, or is not there, is left out', () => {
  expect(viewOf([at('blobs'), at('blobs/a'), at('nowhere')]).places).toEqual([at('blobs')]);
  expect(viewOf([at('blobs/a'), at('private')], [at('blobs')]).places).toEqual([at('private')]);
});
