import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Check } from '../harness/check/check.js';
import { renderProblem } from '../harness/contract/problem/render.js';
import { tfjsNode } from '../harness/engine/runtime/pins.js';
import { RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import { checkSpecs } from '../harness/run/check-specs.js';
import { chooseChecks, NoSuchCheck } from '../harness/run/choose.js';
import { findSpecs, NoSpecs } from '../harness/run/find-specs.js';
import { type ReadSpec, readSpecs } from '../harness/run/read-specs.js';
import type { Run } from '../harness/verdict/run.js';
import { exitCodeOfRun } from '../harness/verdict/verdict.js';
import { terminal } from '../reports/terminal.js';
import { visible, visibleLines } from '../reports/visible.js';
import { checks } from '../suites/all.js';
import { version } from './about.js';
import { tellGitHub } from './github.js';
import { liveProgress } from './live-progress.js';
import { prepared } from './prepared.js';
import { CannotWrite } from './report-folder.js';
import { missingInWords, NoSuchReport, reportsNamed, withRun } from './reports.js';
import type { Io } from './setup.js';
import { stopOnSignals } from './stop-on-signals.js';
import { openStore } from './store-run.js';
import { windowOf } from './window.js';

export type CheckOptions = {
  /** Repeats a run: the same seed makes the same images. */
  readonly seed?: number;
  readonly strict?: boolean;
  readonly verbose?: boolean;
  /** Patterns of checks to run, and of checks to leave out. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Also run models that fail a safety check. */
  readonly allowUnsafe?: boolean;
  readonly tensorflow?: string;
  /** Names of formats, comma-separated. */
  readonly report: string;
  /** Folder for the reports. */
  readonly out: string;
};

const checksModule = fileURLToPath(new URL('../suites/all.js', import.meta.url));

/** `assay check`: runs specs and reports. Returns 0 when all conform, 1 when one does not, 2 when it could not tell. */
export async function check(patterns: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const stop = stopOnSignals();
  try {
    const wanted = reportsNamed(options.report);
    const files = await findSpecs(patterns, process.cwd());
    const chosen = chooseChecks(checks, options.only ?? [], options.skip ?? []);
    const store = await openStore(withRun(wanted.files), options);
    const specs = await readSpecs(
      files,
      checks.map(({ id }) => id),
    );
    const ended = await runAll(specs, chosen, options, io, stop.signal);
    const { run, paths, missing } = await store(ended, specs);
    const { color, columns = 100 } = windowOf(io);
    io.stdout.write(terminal(run, { color, columns, verbose: options.verbose ?? false, reports: paths }));
    io.stderr.write(missingInWords(missing));
    const annotated = wanted.printed.some(({ name }) => name === 'github');
    await tellGitHub(run, io, process.env, annotated);
    return missing.length > 0 ? 2 : exitCodeOfRun(run);
  } catch (error) {
    if (
      !(
        error instanceof NoSpecs ||
        error instanceof RuntimeUnavailable ||
        error instanceof NoSuchReport ||
        error instanceof NoSuchCheck ||
        error instanceof CannotWrite
      )
    )
      throw error;
    const several = error instanceof RuntimeUnavailable || error instanceof CannotWrite;
    io.stderr.write(`${several ? visibleLines(error.message) : visible(error.message)}\n`);
    return 2;
  } finally {
    stop.end();
  }
}

async function runAll(
  specs: readonly ReadSpec[],
  chosen: readonly Check[],
  options: CheckOptions,
  io: Io,
  signal: AbortSignal,
): Promise<Run> {
  const strict = options.strict ?? false;
  showProblems(specs, io);
  const files = specs.map(({ file }) => file);
  const progress = liveProgress(io.stderr, files, { checks: chosen.length, strict });
  const environment = {
    node: process.versions.node,
    os: `${process.platform}-${process.arch}`,
    tensorflow: '',
    tfjsNode: tfjsNode.version,
  };
  const run = await checkSpecs(specs, {
    checks: chosen,
    modules: [checksModule],
    seed: options.seed ?? randomInt(2 ** 31),
    strict,
    allowUnsafe: options.allowUnsafe ?? false,
    version: version(),
    cwd: process.cwd(),
    startedAt: new Date(),
    environment,
    addon: async () => {
      const runtime = await prepared(options.tensorflow, io, signal);
      environment.tensorflow = runtime.tensorflow;
      return runtime.addon;
    },
    onProgress: progress.show,
    signal,
  });
  progress.end();
  return run;
}

function showProblems(specs: readonly ReadSpec[], io: Io): void {
  const { color } = windowOf(io);
  const problems = specs.flatMap(({ parsed }) => (parsed.kind === 'problems' ? parsed.problems : []));
  for (const problem of problems)
    io.stderr.write(`${renderProblem(problem, { color, cwd: process.cwd() })}\n\n`);
}
