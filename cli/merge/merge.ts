import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { runsInCi } from '../../api/plan.js';
import { version } from '../../api/version.js';
import { baseOf, folderOfRun } from '../../harness/store/find-stored-spec.js';
import { mergeCases } from '../../harness/store/merge-cases.js';
import { readRun } from '../../harness/store/stored-run.js';
import type { Run } from '../../harness/verdict/run.js';
import { type NamedRun, partsOf } from '../../harness/verdict/shard/faults.js';
import { merged, modelOf, type Part } from '../../harness/verdict/shard/merge.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { exitCodeOfRun } from '../../harness/verdict/verdict.js';
import { asStored } from '../../reports/json.js';
import { markdown } from '../../reports/markdown.js';
import { terminal } from '../../reports/terminal.js';
import { annotate, summarize } from '../github.js';
import type { Io } from '../io.js';
import { refuse } from '../refusal.js';
import { openReportFolder } from '../report-folder.js';
import { type FileFormat, missingInWords, reportsNamed, withRun, writeReports } from '../reports.js';
import { expectKept, isSamePlace } from '../same-place.js';
import { nameOfRun } from '../shard/shard-plan.js';
import { sinceBaseline } from '../since-baseline.js';
import { type StoredReports, withCommands } from '../store-run.js';
import { windowOf } from '../window.js';

export type MergeFlags = {
  readonly report: string;
  readonly out: string;
  readonly verbose?: boolean;
  /** A stored run; only what is newly broken since fails. */
  readonly baseline?: string;
};

/**
 * `assay merge`: one run from those of all its shards. Returns the exit code of that run, or 2 when one is missing, is not of
 * that run, or lacks something.
 */
export async function merge(folders: readonly string[], flags: MergeFlags, io: Io): Promise<number> {
  try {
    const wanted = reportsNamed(flags.report);
    if (wanted.files.length > 0) expectKept('--baseline', flags.baseline, flags.out);
    const baseline = flags.baseline === undefined ? undefined : await readRun(flags.baseline);
    const parts = await partsIn(folders, flags.out);
    const { run, paths, missing } = await stored(merged(parts), parts, withRun(wanted.files), flags.out);
    const { color, columns } = windowOf(io);
    io.stdout.write(terminal(run, { color, columns, verbose: flags.verbose ?? false, reports: paths }));
    io.stderr.write(missingInWords(missing));
    // The shards have annotated what they found, where GitHub runs them.
    if (wanted.printed.some(({ name }) => name === 'github')) annotate(run, io, process.env, true);
    await summarize(markdown(run), io, process.env);
    if (missing.length > 0) return 2;
    return baseline ? sinceBaseline(baseline, run, io) : exitCodeOfRun(run);
  } catch (error) {
    return refuse(error, io);
  }
}

/** @throws UserError where these are not all parts of one run */
async function partsIn(folders: readonly string[], out: string): Promise<readonly Part[]> {
  const own = folders.find((folder) => isSamePlace(folder, out));
  if (own !== undefined)
    throw new UserError(
      `${own} is a part, and --out would write over it.`,
      'Choose another folder with --out.',
    );
  const runs: NamedRun[] = [];
  const file = folders.find((folder) => statSync(folder, { throwIfNoEntry: false })?.isFile());
  if (file !== undefined)
    throw new UserError(
      `${file} is a file.`,
      'Name the folder of reports of each shard, which has its run.json.',
    );
  for (const from of folders) runs.push({ from, run: await readRun(path.join(from, 'run.json')) });
  const parts = partsOf(runs, version());
  if (typeof parts === 'string')
    throw new UserError(
      parts,
      'Name the folders of all shards of one run, each once; run anew what is missing.',
    );
  expectSameRun(parts, nameOfRun(process.env));
  return parts;
}

/** Parts that an earlier run has left behind are whole among themselves. @throws UserError where another run is merged than theirs */
function expectSameRun([part]: readonly Part[], here: string | undefined): void {
  const theirs = part?.shard.options['the run'];
  if (here === undefined || theirs === undefined || theirs === here) return;
  throw new UserError(
    `The parts are of another run than this: ${theirs} and ${here}.`,
    'Name the parts of this run, or set ASSAY_RUN to the same for all shards and for the merge.',
  );
}

/** Writes the reports of the whole, and copies the cases of the parts beside them. */
async function stored(
  whole: Run,
  parts: readonly Part[],
  files: readonly FileFormat[],
  out: string,
): Promise<StoredReports> {
  if (files.length === 0) return { run: asStored(withoutFiles(whole)), paths: [], missing: [] };
  await openReportFolder(out, files, runsInCi());
  const tensorflow = parts[0]?.shard.options['--tensorflow'];
  const options = {
    out,
    allowUnsafe: whole.allowUnsafe ?? false,
    ...(tensorflow === undefined ? {} : { tensorflow }),
  };
  const told = withCommands({ ...whole, base: baseOf(out, folderOfSpecs(parts)) }, options);
  const kept = await mergeCases(told, out, ({ spec }) => modelOf(spec, parts)?.part.from ?? '');
  const run = asStored(kept.run);
  const { paths, missing } = await writeReports(run, files, out);
  return { run, paths, missing: [...kept.missing, ...missing] };
}

/** The folder that paths of specs start from: this one, unless the specs are only there where the parts were made. */
function folderOfSpecs(parts: readonly Part[]): string {
  const [spec] = parts[0]?.shard.specs ?? [];
  const made = parts.map(({ from, run }) => folderOfRun(path.join(from, 'run.json'), run.base));
  const here = process.cwd();
  return [here, ...made].find((folder) => existsSync(path.resolve(folder, spec?.spec ?? ''))) ?? here;
}

/** A run of which only the results are shown. */
function withoutFiles(run: Run): Run {
  const models = run.models.map((model) => ({
    ...model,
    checks: model.checks.map(({ finding, ...check }) => {
      if (finding === undefined) return check;
      const { pixels: _pixels, outputs: _outputs, replay: _replay, ...found } = finding;
      return { ...check, finding: found };
    }),
  }));
  return { ...run, models };
}
