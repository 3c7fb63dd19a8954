import { diffRuns, type RunDiff } from '../harness/verdict/diff/diff-runs.js';
import { exitCodeSince } from '../harness/verdict/diff/exit-code.js';
import { plural } from '../harness/verdict/plural.js';
import type { Run } from '../harness/verdict/run.js';
import { diffText } from '../reports/diff/terminal.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { windowOf } from './window.js';

/** Tells what changed since a stored run, of all that this run checked, and gives the exit code for that alone. */
export function sinceBaseline(baseline: Run, run: Run, io: Io): 0 | 1 | 2 {
  const { models } = diffRuns(baseline, run);
  const checked = models.flatMap((model) =>
    model.after ? [{ ...model, changes: model.changes.filter(({ after }) => after !== undefined) }] : [],
  );
  const code = exitCodeSince({ models: checked }, run);
  const { color, columns = 100 } = windowOf(io);
  io.stdout.write(`\nSince the baseline:\n\n${diffText({ models: checked }, code, color, columns)}`);
  for (const line of unchecked({ models })) io.stdout.write(`  Not checked in this run: ${visible(line)}\n`);
  return code;
}

/** What only the baseline has. */
function unchecked({ models }: RunDiff): string[] {
  return models.flatMap(({ name, after, changes }) => {
    const gone = changes.filter(({ change }) => change === 'gone').length;
    if (after === undefined) return [name];
    return gone === 0 ? [] : [`${plural(gone, 'check')} of ${name}`];
  });
}
