import { randomInt } from 'node:crypto';
import path from 'node:path';
import { makePlan, runsInCi } from '../../api/plan.js';
import { version as toolVersion } from '../../api/version.js';
import { makeWorkFolder, removeWorkFolder } from '../../harness/engine/work-folder.js';
import { endProcesses } from '../../harness/run/processes.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { exitCodeOfRun } from '../../harness/verdict/verdict.js';
import {
  type ModelOnVersions,
  type VersionsRun,
  verdictOfVersions,
  writtenWith,
} from '../../harness/verdict/versions.js';
import type { Format } from '../../reports/formats.js';
import { terminal } from '../../reports/terminal.js';
import { versionsMarkdown } from '../../reports/versions/markdown.js';
import { versionsText } from '../../reports/versions/terminal.js';
import type { CheckFlags } from '../check-flags.js';
import { annotate, summarize } from '../github.js';
import type { Io } from '../io.js';
import { openReportFolder } from '../report-folder.js';
import { missingInWords, reportsNamed, type Written } from '../reports.js';
import { showProblems } from '../show-problems.js';
import { windowOf } from '../window.js';
import { type Assigned, assigned } from './assigned.js';
import { modelOnVersions } from './model-on-versions.js';
import { outputsOf } from './outputs-of.js';
import { type RanOn, runOn, type VersionsWork } from './run-on.js';
import { writeVersions } from './write-versions.js';

/**
 * `assay check` on several versions of TensorFlow: the same run on each, with one seed, then the outputs side by side. Returns
 * 0 when all models conform on all versions, 1 when one does not, 2 when something could not be decided. @throws UserError
 */
export async function checkVersions(
  patterns: readonly string[],
  requested: readonly string[],
  options: CheckFlags,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const workFolder = makeWorkFolder();
  const end = () => endProcesses(workFolder);
  signal.addEventListener('abort', end);
  try {
    if (options.baseline !== undefined)
      throw new UserError(
        '--baseline compares with one run, and several versions make several.',
        'Name one version with --tensorflow.',
      );
    const { files, printed } = reportsNamed(options.report);
    const plan = await makePlan({ ...options, specs: patterns }, process.cwd());
    if (files.length > 0) await openReportFolder(options.out, [], options.confine ?? runsInCi());
    showProblems(plan.specs, io);
    const seed = options.seed ?? randomInt(2 ** 31);
    const work = { plan, options: { ...options, seed }, files, io, signal, workFolder };
    const { run, ran } = await ranOnAll(await assigned(plan.specs, requested), requested, work);
    const written = await writeVersions(run, files, options.out);
    return await told({ run, ran }, written, { options, io, annotated: printed.some(isForGitHub) });
  } finally {
    signal.removeEventListener('abort', end);
    end();
    removeWorkFolder(workFolder);
  }
}

type AllRuns = { readonly run: VersionsRun; readonly ran: readonly RanOn[] };

type Telling = { readonly options: CheckFlags; readonly io: Io; readonly annotated: boolean };

/** Prints what came of all versions, and gives the exit code. */
async function told(
  { run, ran }: AllRuns,
  written: Written,
  { options, io, annotated }: Telling,
): Promise<number> {
  const { color, columns = 100 } = windowOf(io);
  const { verbose = false } = options;
  const reports = [written, ...ran].flatMap(({ paths }) => paths);
  const missing = [written, ...ran].flatMap((one) => one.missing);
  const runs = ran.flatMap((one) => one.run ?? []);
  if (verbose) for (const one of runs) io.stdout.write(`${terminal(one, { color, columns, verbose })}\n`);
  io.stdout.write(versionsText(run, { color, columns, reports }));
  io.stderr.write(missingInWords(missing));
  for (const one of runs) annotate(one, io, process.env, annotated);
  await summarize(versionsMarkdown(run), io, process.env);
  return missing.length > 0 ? 2 : exitCodeOfRun(run);
}

function isForGitHub({ name }: Format): boolean {
  return name === 'github';
}

async function ranOnAll(
  { versions, writers }: Assigned,
  requested: readonly string[],
  work: VersionsWork,
): Promise<AllRuns> {
  const { plan, options, signal } = work;
  const { seed, strict = false } = options;
  const [startedAt, start] = [new Date(), performance.now()];
  const ran: RanOn[] = [];
  for (const one of versions) ran.push(await runOn(one, work));
  const models: ModelOnVersions[] = [];
  for (const spec of plan.specs) {
    const [writer, outputs] = [writers.get(spec.file), await outputsOf(spec, ran, work)];
    models.push(
      modelOnVersions(spec, ran, { writer, byWriter: requested.includes(writtenWith), outputs, strict }),
    );
  }
  const run: VersionsRun = {
    format: 1,
    tool: { name: 'model-assay', version: toolVersion() },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    seed,
    strict,
    ...(options.allowUnsafe ? { allowUnsafe: true } : {}),
    ...(plan.selection ? { selection: plan.selection } : {}),
    interrupted: signal.aborted,
    environment: { node: process.versions.node, os: `${process.platform}-${process.arch}` },
    verdict: verdictOfVersions(models, strict),
    versions: ran.map((one) => versionOf(one, options.out)),
    models,
  };
  return { run, ran };
}

function versionOf({ version, unavailable, paths }: RanOn, out: string): VersionsRun['versions'][number] {
  const run = paths.find((file) => path.basename(file) === 'run.json');
  return {
    version,
    ...(run === undefined ? {} : { run: path.relative(out, run).replaceAll(path.sep, '/') }),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}
