import path from 'node:path';
import { runsInCi } from '../api/plan.js';
import { movedTo } from '../harness/store/find-stored-spec.js';
import { readRun } from '../harness/store/stored-run.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { openReportFolder } from './report-folder.js';
import { missingInWords, reportsNamed, writeReports } from './reports.js';

export type ReportOptions = {
  /** Names of formats, comma-separated. */
  readonly report: string;
  /** Folder for the reports; left out, that of the stored run. */
  readonly out?: string;
};

/**
 * `assay report`: writes reports of a stored run. Returns 0, or 2 when there is no such run or report, or one cannot be
 * written.
 */
export async function report(file: string, options: ReportOptions, io: Io): Promise<number> {
  try {
    const { files, printed } = reportsNamed(options.report);
    const out = options.out ?? path.dirname(file);
    const run = movedTo(out, path.dirname(file), await readRun(file));
    if (files.length > 0) await openReportFolder(out, files, runsInCi());
    const { commands = (text: string) => io.stdout.write(text) } = io;
    for (const { render } of printed) commands(render(run));
    const { paths, missing } = await writeReports(run, files, out);
    for (const written of paths) io.stdout.write(`${visible(written)}\n`);
    io.stderr.write(missingInWords(missing));
    return missing.length > 0 ? 2 : 0;
  } catch (error) {
    return refuse(error, io);
  }
}
