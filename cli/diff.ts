import { readRun } from '../harness/store/stored-run.js';
import { diffRuns } from '../harness/verdict/diff/diff-runs.js';
import { exitCodeOfDiff } from '../harness/verdict/diff/exit-code.js';
import { diffJson } from '../reports/diff/json.js';
import { diffMarkdown } from '../reports/diff/markdown.js';
import { diffText } from '../reports/diff/terminal.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { windowOf } from './window.js';

export type DiffFlags = { readonly json?: boolean; readonly markdown?: boolean };

/**
 * `assay diff`: what changed from one stored run to the next, without TensorFlow. Returns 0 when nothing is newly broken,
 * 1 when something is, 2 when not all could be compared.
 */
export async function diff(first: string, second: string, options: DiffFlags, io: Io): Promise<number> {
  try {
    const [before, after] = [await readRun(first), await readRun(second)];
    const found = diffRuns(before, after);
    const code = exitCodeOfDiff(found, after);
    const { color, columns = 100 } = windowOf(io);
    if (options.json) io.stdout.write(diffJson(found));
    else if (options.markdown) io.stdout.write(diffMarkdown(found, code));
    else io.stdout.write(diffText(found, code, color, columns));
    return code;
  } catch (error) {
    return refuse(error, io);
  }
}
