import path from 'node:path';
import { runsInCi } from '../api/plan.js';
import { whyNotWritten, writeAtomically } from '../harness/store/atomic-file.js';
import { readRun } from '../harness/store/stored-run.js';
import { plural } from '../harness/verdict/plural.js';
import { UserError } from '../harness/verdict/user-error.js';
import { matrixCsv } from '../reports/matrix/csv.js';
import { matrixHtml } from '../reports/matrix/html.js';
import { matrixMarkdown } from '../reports/matrix/markdown.js';
import { matrixOf, type NamedRun } from '../reports/matrix/matrix.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { openReportFolder } from './report-folder.js';

export type MatrixFlags = { readonly report: string; readonly out: string };

const formats = {
  html: { file: 'matrix.html', render: matrixHtml },
  csv: { file: 'matrix.csv', render: matrixCsv },
  markdown: { file: 'matrix.md', render: matrixMarkdown },
} as const;

/** `assay matrix`: writes the models of stored runs by their checks. Returns 0, or 2 when a run cannot be read or a file not written. */
export async function matrix(
  files: readonly string[],
  { report, out }: MatrixFlags,
  io: Io,
): Promise<number> {
  try {
    const wanted = report
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .map(formatNamed);
    const runs: NamedRun[] = [];
    for (const file of files) runs.push({ file, run: await readRun(file) });
    const made = matrixOf(runs);
    await openReportFolder(out, [], runsInCi());
    for (const { file, render } of wanted) {
      const to = path.join(out, file);
      const why = await whyNotWritten(() => writeAtomically(to, render(made)));
      if (why !== undefined)
        throw new UserError(`${to} could not be written, as ${why}.`, 'Choose another folder with --out.');
      io.stdout.write(`${visible(to)}\n`);
    }
    io.stdout.write(`${plural(made.rows.length, 'model')}, ${plural(made.checks.length, 'check')}\n`);
    return 0;
  } catch (error) {
    return refuse(error, io);
  }
}

function formatNamed(name: string) {
  if (Object.hasOwn(formats, name)) return formats[name as keyof typeof formats];
  throw new UserError(`There is no report ${name}.`, `The reports are ${Object.keys(formats).join(', ')}.`);
}
