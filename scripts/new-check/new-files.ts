import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import type { Check } from '../../harness/check/check.js';
import { checkFiles, listText } from '../list-of-checks.js';
import { checkText, testText } from './check-text.js';
import type { Names } from './names.js';
import { type Addition, isHomeOf, moduleFor, ruleOf, twinOf, withAddition } from './python-text.js';

/** A file of the project as it is to be, by its path from there, and what it has of the check. */
export type NewFile = { readonly file: string; readonly text: string; readonly holds: string };

/** All that a check needs in the project that lies in `folder`, new files and changed ones. */
export function newFiles(names: Names, kind: Check['kind'], folder: string): NewFile[] {
  const { file, suite, exported } = names;
  const check = { file: `${file}.ts`, exported };
  return [
    { file: check.file, text: checkText(names, kind), holds: 'the check' },
    { file: `${file}.test.ts`, text: testText(names, kind), holds: 'its unit test' },
    { ...pythonFile(twinOf(names), suite, folder), holds: `a broken model, ${names.twin}` },
    { ...pythonFile(ruleOf(names), suite, folder), holds: `the rule in Python, ${names.rule}` },
    { file: 'suites/all.ts', text: listText([...checkFiles(folder), check]), holds: 'its place in the list' },
    ...suiteOrder(suite, folder),
  ];
}

/** Where modules with such tables lie, and what a new one is called. */
const homes = {
  TWINS: { pattern: 'models-under-test/recipes/twins_*.py', prefix: 'models-under-test/recipes/twins_' },
  RULES: { pattern: 'models-under-test/oracle/*.py', prefix: 'models-under-test/oracle/' },
};

/** The suite's own module, or else one that its other checks are in, with the addition; a new one where there is none. */
function pythonFile(addition: Addition, suite: string, folder: string) {
  const { pattern, prefix } = homes[addition.table];
  const own = `${prefix}${suite}.py`;
  const modules = globSync(pattern, { cwd: folder }).sort();
  const home = modules.includes(own)
    ? own
    : modules.find((file) => isHomeOf(textOf(folder, file), addition, suite));
  if (home === undefined) return { file: own, text: moduleFor(addition, suite) };
  return { file: home, text: withAddition(textOf(folder, home), addition) };
}

/** A suite that is new runs last. */
function suiteOrder(suite: string, folder: string): NewFile[] {
  const file = 'suites/order.ts';
  const text = textOf(folder, file);
  if (text.includes(`'${suite}'`)) return [];
  const holds = 'its suite, the last to run';
  return [{ file, text: text.replace('\n];', () => `\n  '${suite}',\n];`), holds }];
}

function textOf(folder: string, file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}
