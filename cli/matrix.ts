import { runsInCi } from '../api/plan.js';
import { readRun } from '../harness/store/stored-run.js';
import { plural } from '../harness/verdict/plural.js';
import { matrixCsv } from '../reports/matrix/csv.js';
import { matrixHtml } from '../reports/matrix/html.js';
import { matrixMarkdown } from '../reports/matrix/markdown.js';
import { matrixOf, type NamedRun } from '../reports/matrix/matrix.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { openReportFolder } from './report-folder.js';
import { missingInWords, namedIn, writeFiles } from './reports.js';

export type MatrixFlags = { readonly report: string; readonly out: string };

const formats = [
  { name: 'html', file: 'matrix.html', render: matrixHtml },
  { name: 'csv', file: 'matrix.csv', render: matrixCsv },
  { name: 'markdown', file: 'matrix.md', render: matrixMarkdown },
] as const;

/** `assay matrix`: writes the models of stored runs by their checks. Returns 0, or 2 when a run cannot be read or a file not written. */
export async function matrix(
  files: readonly string[],
  { report, out }: MatrixFlags,
  io: Io,
): Promise<number> {
  try {
    const wanted = namedIn(report, formats);
    const runs: NamedRun[] = [];
    for (const file of files) runs.push({ file, run: await readRun(file) });
    const made = matrixOf(runs);
    await openReportFolder(out, [], runsInCi());
    const { paths, missing } = await writeFiles(
      wanted.map(({ file, render }) => ({ file, content: () => render(made) })),
      out,
    );
    const counts = `${plural(made.rows.length, 'model')}, ${plural(made.checks.length, 'check')}`;
    io.stdout.write([...paths.map(visible), counts, ''].join('\n'));
    io.stderr.write(missingInWords(missing));
    return missing.length > 0 ? 2 : 0;
  } catch (error) {
    return refuse(error, io);
  }
}
