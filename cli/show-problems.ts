import { renderProblem } from '../harness/contract/problem/render.js';
import type { ReadSpec } from '../harness/run/read-specs.js';
import type { Io } from './io.js';
import { fitted, windowOf } from './window.js';

/** Prints the mistakes of specs, each in its line. */
export function showProblems(specs: readonly ReadSpec[], io: Io): void {
  const { color } = windowOf(io);
  const problems = specs.flatMap(({ parsed }) => (parsed.kind === 'problems' ? parsed.problems : []));
  for (const problem of problems)
    io.stderr.write(fitted(`${renderProblem(problem, { color, cwd: process.cwd() })}\n\n`, io.stderr));
}
