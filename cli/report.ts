import path from 'node:path';
import { movedTo } from '../harness/store/find-stored-spec.js';
import { NoRun, readRun } from '../harness/store/stored-run.js';
import { visible, visibleLines } from '../reports/visible.js';
import { CannotWrite, openReportFolder } from './report-folder.js';
import { missingInWords, NoSuchReport, reportsNamed, writeReports } from './reports.js';
import type { Io } from './setup.js';

export type ReportOptions = {
  /** Names of formats, comma-separated. */
  readonly report: string;
  /** Folder for the reports; left out, that of the stored run. */
  readonly out?: string;
};

/** `assay report`: draws reports of a stored run. Returns 0, or 2 when there is no such run or report, or one cannot be written. */
export async function report(file: string, options: ReportOptions, io: Io): Promise<number> {
  try {
    const { files, printed } = reportsNamed(options.report);
    const out = options.out ?? path.dirname(file);
    const run = movedTo(out, path.dirname(file), await readRun(file));
    if (files.length > 0) await openReportFolder(out, files);
    for (const { render } of printed) io.stdout.write(render(run));
    const { paths, missing } = await writeReports(run, files, out);
    for (const written of paths) io.stdout.write(`${visible(written)}\n`);
    io.stderr.write(missingInWords(missing));
    return missing.length > 0 ? 2 : 0;
  } catch (error) {
    if (!(error instanceof NoRun || error instanceof NoSuchReport || error instanceof CannotWrite))
      throw error;
    const several = error instanceof CannotWrite;
    io.stderr.write(`${several ? visibleLines(error.message) : visible(error.message)}\n`);
    return 2;
  }
}
