import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderProblem } from '../harness/contract/render.js';
import { tfjsNode } from '../harness/engine/runtime/pins.js';
import { RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import { checkSpecs } from '../harness/run/check-specs.js';
import { chooseChecks, NoSuchCheck } from '../harness/run/choose.js';
import { findSpecs, NoSpecs } from '../harness/run/find-specs.js';
import { baseOf } from '../harness/run/find-stored-spec.js';
import { keepCases } from '../harness/run/keep-cases.js';
import { withReplay } from '../harness/run/replay-command.js';
import type { Run } from '../harness/verdict/run.js';
import { exitCodeOf } from '../harness/verdict/verdict.js';
import { asStored } from '../reports/json.js';
import { terminal } from '../reports/terminal.js';
import { visible, visibleLines } from '../reports/visible.js';
import { checks } from '../suites/all.js';
import { version } from './about.js';
import { tellGitHub } from './github.js';
import { liveProgress } from './live-progress.js';
import { prepared } from './prepared.js';
import { type FileFormat, NoSuchReport, reportsNamed, withRun, writeReports } from './reports.js';
import type { Io } from './setup.js';
import { stopOnSignals } from './stop-on-signals.js';
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
export async function check(paths: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const stop = stopOnSignals();
  try {
    const wanted = reportsNamed(options.report);
    const files = withRun(wanted.files);
    const specs = await findSpecs(paths, process.cwd());
    const run = asStored(await kept(await runAll(specs, options, io, stop.signal), files, options));
    const written = await writeReports(run, files, options.out);
    const { color, columns = 100 } = windowOf(io);
    io.stdout.write(terminal(run, { color, columns, verbose: options.verbose ?? false, reports: written }));
    const annotated = wanted.printed.some(({ name }) => name === 'github');
    await tellGitHub(run, io, process.env, annotated);
    return run.interrupted ? 2 : exitCodeOf(run.verdict);
  } catch (error) {
    if (
      !(
        error instanceof NoSpecs ||
        error instanceof RuntimeUnavailable ||
        error instanceof NoSuchReport ||
        error instanceof NoSuchCheck
      )
    )
      throw error;
    const several = error instanceof RuntimeUnavailable;
    io.stderr.write(`${several ? visibleLines(error.message) : visible(error.message)}\n`);
    return 2;
  } finally {
    stop.end();
  }
}

async function runAll(
  specs: readonly string[],
  options: CheckOptions,
  io: Io,
  signal: AbortSignal,
): Promise<Run> {
  const chosen = chooseChecks(checks, options.only ?? [], options.skip ?? []);
  const progress = liveProgress(io.stderr, specs, {
    checks: chosen.length,
    strict: options.strict ?? false,
  });
  const environment = {
    node: process.versions.node,
    os: `${process.platform}-${process.arch}`,
    tensorflow: '',
    tfjsNode: tfjsNode.version,
  };
  const { color } = windowOf(io);
  const run = await checkSpecs(specs, {
    checks: chosen,
    checkIds: checks.map(({ id }) => id),
    checksModule,
    seed: options.seed ?? randomInt(2 ** 31),
    strict: options.strict ?? false,
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
    onProblems: (problems) => {
      for (const problem of problems)
        io.stderr.write(`${renderProblem(problem, { color, cwd: process.cwd() })}\n\n`);
    },
    onProgress: progress.show,
    signal,
  });
  progress.end();
  return run;
}

/** The run with what it takes to replay it: written beside it, and told in it. Nothing where no file is asked for. */
async function kept(run: Run, files: readonly FileFormat[], options: CheckOptions): Promise<Run> {
  if (files.length === 0) return run;
  const { out, tensorflow, allowUnsafe } = options;
  await mkdir(out, { recursive: true });
  const again = [
    ...(tensorflow === undefined ? [] : ['--tensorflow', tensorflow]),
    ...(allowUnsafe ? ['--allow-unsafe'] : []),
  ];
  const cwd = process.cwd();
  const program =
    process.env.npm_lifecycle_event === 'npx' && /^"?assay\b/.test(process.env.npm_lifecycle_script ?? '')
      ? ['npx', 'assay']
      : ['assay'];
  const whole = withReplay({ ...run, base: baseOf(out, cwd) }, path.join(out, 'run.json'), again, program);
  return keepCases(whole, out, cwd);
}
