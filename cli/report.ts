import path from 'node:path';
import { bundled } from '../api/bundled.js';
import { runsInCi } from '../api/plan.js';
import { movedTo } from '../harness/store/find-stored-spec.js';
import { rejudge } from '../harness/store/rejudge/rejudge.js';
import type { StoredWaiver } from '../harness/store/rejudge/waive-stored.js';
import { readDigestedRun } from '../harness/store/stored-run.js';
import type { Rejudged, Run } from '../harness/verdict/run.js';
import { UserError } from '../harness/verdict/user-error.js';
import { exitCodeOfRun } from '../harness/verdict/verdict.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { openReportFolder } from './report-folder.js';
import { missingInWords, reportsNamed, writeReports } from './reports.js';
import { isSamePlace } from './same-place.js';

export type ReportOptions = {
  /** Names of formats, comma-separated; left out, html or, of a run that is judged again, terminal. */
  readonly report?: string;
  /** Folder for the reports; left out, that of the stored run. */
  readonly out?: string;
  /** Judge what was compared again within this. */
  readonly tolerance?: NonNullable<Rejudged['tolerance']>;
  /** Waive these failures, too. */
  readonly waive?: readonly StoredWaiver[];
};

/**
 * `assay report`: writes reports of a stored run. Returns 0, or 2 when there is no such run or report, or one cannot be
 * written. With a tolerance or waivers, the run is judged again, and the exit code is that of the new verdict.
 */
export async function report(file: string, options: ReportOptions, io: Io): Promise<number> {
  try {
    const again = options.tolerance !== undefined || options.waive !== undefined;
    const { files, printed } = reportsNamed(options.report ?? (again ? 'terminal' : 'html'));
    const folder = path.dirname(file);
    const out = options.out ?? folder;
    const stored = await readDigestedRun(file);
    const judged = again ? judgedAgain(stored, file, out, options) : stored.run;
    const run = movedTo(out, folder, judged);
    if (files.length > 0) await openReportFolder(out, files, runsInCi());
    if (again && files.length > 0) requireOtherFolder(out, folder);
    const { commands = (text: string) => io.stdout.write(text) } = io;
    for (const { render } of printed) commands(render(run));
    const { paths, missing } = await writeReports(run, files, out);
    for (const written of paths) io.stdout.write(`${visible(written)}\n`);
    io.stderr.write(missingInWords(missing));
    if (missing.length > 0) return 2;
    return again ? exitCodeOfRun(run) : 0;
  } catch (error) {
    return refuse(error, io);
  }
}

function judgedAgain(
  { run, sha256 }: Awaited<ReturnType<typeof readDigestedRun>>,
  file: string,
  out: string,
  { tolerance, waive = [] }: ReportOptions,
): Run {
  return rejudge(run, {
    ...(tolerance ? { tolerance } : {}),
    waivers: waive,
    unwaivable: bundled.checks.filter(({ gatesRun }) => gatesRun).map(({ id }) => id),
    folder: path.dirname(file),
    from: path.relative(path.resolve(out), path.resolve(file)),
    digest: `sha256:${sha256}`,
  });
}

/** What is beside a run is what the run says. */
function requireOtherFolder(out: string, folder: string): void {
  if (isSamePlace(out, folder))
    throw new UserError(
      `${out} has the reports of the run itself.`,
      'Name another folder for those of the run judged again, with --out.',
    );
}
