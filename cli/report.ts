import path from 'node:path';
import { movedTo } from '../harness/run/find-stored-spec.js';
import { NoRun, readRun } from '../harness/run/stored-run.js';
import { visible } from '../reports/visible.js';
import { NoSuchReport, reportsNamed, writeReports } from './reports.js';
import type { Io } from './setup.js';

export type ReportOptions = {
  /** Names of formats, comma-separated. */
  readonly report: string;
  /** Folder for the reports; left out, that of the stored run. */
  readonly out?: string;
};

/** `assay report`: draws reports of a stored run. Returns 0, or 2 when there is no such run or report. */
export async function report(file: string, options: ReportOptions, io: Io): Promise<number> {
  try {
    const { files, printed } = reportsNamed(options.report);
    const out = options.out ?? path.dirname(file);
    const run = movedTo(out, path.dirname(file), await readRun(file));
    for (const { render } of printed) io.stdout.write(render(run));
    for (const written of await writeReports(run, files, out)) io.stdout.write(`${visible(written)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof NoRun || error instanceof NoSuchReport)) throw error;
    io.stderr.write(`${visible(error.message)}\n`);
    return 2;
  }
}
