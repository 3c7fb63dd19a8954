import { expect, test } from 'vitest';
import { projectFolder } from '../proof/project.js';
import { checkFiles } from '../scripts/list-of-checks.js';
import { checks } from '../suites/all.js';
import { isTest, sources } from './sources.js';

const shipped = new Map(sources().flatMap((one) => (isTest(one.file) ? [] : [[one.file, one] as const])));

/** Where outputs are compared within what the spec allows for. */
const byTolerance = /\bcontract\.tolerance\b|\.noise\(\)|\bagreementOf\(/;

/** A file of a suite, and those of suites and of what checks share that it imports, by way of others too. */
function reachedFrom(file: string, reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(file) || !/^(?:suites|harness\/check)\//.test(file)) return reached;
  reached.add(file);
  for (const one of shipped.get(file)?.imports ?? []) if (one.kind === 'file') reachedFrom(one.file, reached);
  return reached;
}

test('a check says of itself whether it compares within the tolerance of the spec: no re-judging may miss one', () => {
  const comparing = checkFiles(projectFolder)
    .filter(({ file }) =>
      [...reachedFrom(file)].some((one) => byTolerance.test(shipped.get(one)?.text ?? '')),
    )
    .map(({ file }) => file.replace(/^suites\/|\.ts$/g, ''));
  const saying = checks.filter(({ comparisons }) => comparisons !== undefined).map(({ id }) => id);
  expect(comparing.sort()).toEqual(saying.sort());
  expect(saying.length).toBeGreaterThan(0);
});
