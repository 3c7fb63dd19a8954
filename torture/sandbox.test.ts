import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { changedBetween, listing, makeSandbox } from './sandbox.js';

const sandbox = makeSandbox();
afterAll(sandbox.remove);

/** Paths, relative to the sandbox, that are told after something was done. */
function told(act: () => void): string[] {
  const before = listing(sandbox);
  act();
  return changedBetween(before, listing(sandbox)).map((file) => path.relative(sandbox.root, file));
}

const precious = path.join(sandbox.canary, 'precious');

test.each<[string, () => void, string[]]>([
  ['a file that came', () => writeFileSync(path.join(sandbox.cwd, 'x'), ''), ['cwd/x']],
  ['one that was written', () => writeFileSync(precious, 'Unchanged'), ['canary/precious']],
  ['one that can be run', () => chmodSync(precious, 0o755), ['canary/precious']],
  ['one that went', () => rmSync(precious), ['canary/precious']],
  ['a folder in the home', () => mkdirSync(path.join(sandbox.root, 'home', 'd')), ['home/d']],
])('%s is told', (_, act, expected) => {
  expect(told(act)).toEqual(expected);
});

test('what a worker does in its own folder is not', () => {
  const own = path.join(sandbox.temporary, 'worker-0', 'own');
  mkdirSync(own, { recursive: true });
  expect(told(() => writeFileSync(path.join(own, 'x'), ''))).toEqual([]);
});
