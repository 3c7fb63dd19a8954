import path from 'node:path';
import { readSpec } from '../../harness/contract/parsing/parse.js';
import type { Problem } from '../../harness/contract/problem/problem.js';
import { renderProblem } from '../../harness/contract/problem/render.js';
import { checks } from '../../suites/all.js';
import { Files } from './files.js';
import { expectSentence, Misbehaved, type Place, type Reader } from './reader.js';

const checkIds = checks.map(({ id }) => id);

/** Reads a spec, with and without a look at the files that it names, and writes down what is wrong with it. */
export function specReader({ folder }: Place): Reader {
  const files = new Files(folder);
  return async (input) => {
    const file = path.join(files.place(input), 'spec.yaml');
    const alone = await readSpec(file, { checkIds });
    const withFiles = await readSpec(file, { checkIds, checkFiles: true, confine: true });
    for (const parsed of [alone, withFiles]) if (parsed.kind === 'problems') expectProblems(parsed.problems);
    return alone.kind === 'contract' ? 'accepted' : 'refused';
  };
}

function expectProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) throw new Misbehaved('No contract, and no problem.');
  for (const problem of problems) {
    expectSentence(problem.message);
    if (!(problem.line >= 1 && problem.column >= 1)) throw new Misbehaved('A problem lies outside the file.');
    renderProblem(problem, { color: true });
  }
}
