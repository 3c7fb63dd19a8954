import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { checks } from '../suites/all.js';
import { cycles } from './cycles.js';
import { packages } from './packages.js';
import { filesOf, narrower, roomOf, rooms } from './rooms.js';
import { isTest, type Source, sources } from './sources.js';

const all = sources();
const shipped = all.filter(({ file }) => !isTest(file));

describe('rooms', () => {
  test('every file lies in one', () => {
    expect(shipped.map(({ file }) => file).filter((file) => roomOf(file) === undefined)).toEqual([
      'vitest.config.ts',
    ]);
  });

  test('imports point up', () => {
    expect(all.flatMap(downward)).toEqual([]);
  });

  test('what ships imports no tests or fixtures', () => {
    const aside = shipped.flatMap((source) => filesOf(source).filter(isTest));
    expect(aside).toEqual([]);
  });

  test('no suite imports another', () => {
    const suiteOf = (file: string) => /^suites\/([^/]+)\//.exec(file)?.[1];
    const strays = shipped.flatMap((source) =>
      filesOf(source)
        .filter((file) => suiteOf(source.file) !== undefined && suiteOf(file) !== suiteOf(source.file))
        .filter((file) => file.startsWith('suites/'))
        .map((file) => `${source.file} → ${file}`),
    );
    expect(strays).toEqual([]);
  });

  test('the harness knows no check by name: what it must know of one is data of the check', () => {
    const ids = new RegExp(`\\bsuites/|\\b(?:${checks.map(({ id }) => id).join('|')})\\b`, 'g');
    const named = shipped
      .filter(({ file }) => file.startsWith('harness/'))
      .flatMap(({ file, text }) => [...text.matchAll(ids)].map(([id]) => `${file}: ${id}`));
    expect(named).toEqual([]);
  });

  test('no imports run in a circle, types included', () => {
    expect(cycles(new Map(all.map((source) => [source.file, filesOf(source)])))).toEqual([]);
  });

  test('nor do folders import each other in one', () => {
    const folders = new Map<string, string[]>();
    for (const source of shipped) {
      const from = path.posix.dirname(source.file);
      const to = filesOf(source).map((file) => path.posix.dirname(file));
      folders.set(from, [...(folders.get(from) ?? []), ...to.filter((folder) => folder !== from)]);
    }
    expect(cycles(folders)).toEqual([]);
  });

  test('no module that ships looks for files beside itself, as it lies elsewhere when bundled', () => {
    const looking = shipped.filter(
      ({ file, text }) => roomOf(file) !== undefined && /new URL\([^;]*import\.meta/.test(text),
    );
    expect(looking.map(({ file }) => file)).toEqual([]);
  });

  test('every import was found and exists', () => {
    const files = new Set(all.map(({ file }) => file));
    const imported = all.flatMap(filesOf);
    expect(imported.length).toBeGreaterThan(500);
    expect(imported.filter((file) => !files.has(file) && !file.includes('/gen/'))).toEqual([]);
  });
});

describe('packages', () => {
  test('each is imported only where it belongs', () => {
    const strays = shipped.flatMap((source) =>
      packagesOf(source).flatMap((name) => (belongs(name, source.file) ? [] : [`${source.file} → ${name}`])),
    );
    expect(strays).toEqual([]);
  });

  test('each is imported; those that are not bundled are installed with us, and no others', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
    const imported = new Set(shipped.flatMap(packagesOf));
    const names = Object.keys(packages);
    expect(names.filter((name) => !imported.has(name))).toEqual([]);
    expect(names.filter((name) => !(name in devDependencies))).toEqual(Object.keys(dependencies));
  });
});

describe('TensorFlow', () => {
  test('tfjs-node is imported nowhere', () => {
    const importers = all.filter((source) =>
      packagesOf(source).some((name) => name.startsWith('@tensorflow/')),
    );
    expect(importers.map(({ file }) => file)).toEqual([]);
  });

  test('one file loads the native addon into a process, and only the child process asks it to', () => {
    const loading = /createRequire\([^)]*\)\(|process\.dlopen/;
    expect(shipped.filter(({ text }) => loading.test(text)).map(({ file }) => file)).toEqual([
      'harness/engine/process/addon.ts',
    ]);
    const asking = /import \{[^}]*\bloadAddon\b/;
    expect(shipped.filter(({ text }) => asking.test(text)).map(({ file }) => file)).toEqual([
      'harness/engine/process/child.ts',
    ]);
  });

  test('a test that starts it, or a browser, is named *.model.test.ts', () => {
    const starting = all.filter(
      (source) =>
        filesOf(source).includes('proof/running.ts') || packagesOf(source).includes('playwright-core'),
    );
    const supported = starting.map(({ file }) => file).filter((file) => file.endsWith('.test.support.ts'));
    const tests = all.filter(
      (source) => starting.includes(source) || filesOf(source).some((file) => supported.includes(file)),
    );
    const named = tests.map(({ file }) => file).filter((file) => file.endsWith('.test.ts'));
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((file) => !file.endsWith('.model.test.ts'))).toEqual([]);
  });

  test('the child process is started, never imported', () => {
    expect(all.filter((source) => filesOf(source).includes('harness/engine/process/child.ts'))).toEqual([]);
  });
});

/** Imports of a file that the walls forbid. */
function downward(source: Source): string[] {
  const room = roomOf(source.file);
  if (room === undefined) return [];
  const above = (!isTest(source.file) && narrower[room]) || rooms.slice(0, rooms.indexOf(room));
  const allowed = [room, ...above];
  return filesOf(source)
    .filter((file) => !allowed.includes(roomOf(file) ?? ''))
    .map((file) => `${source.file} → ${file}`);
}

function packagesOf({ imports }: Source): string[] {
  return imports.flatMap((one) => (one.kind === 'package' ? [one.name] : []));
}

function belongs(name: string, file: string): boolean {
  if (name.startsWith('node:')) return true;
  return (packages[name] ?? []).some((place) => file === place || file.startsWith(`${place}/`));
}
