import { randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderProblem } from '../harness/contract/render.js';
import { tfjsNode } from '../harness/engine/runtime/pins.js';
import { ensureRuntime, RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import { checkSpecs } from '../harness/run/check-specs.js';
import { chooseChecks, NoSuchCheck } from '../harness/run/choose.js';
import { findSpecs, NoSpecs } from '../harness/run/find-specs.js';
import type { Run } from '../harness/verdict/run.js';
import { exitCodeOf } from '../harness/verdict/verdict.js';
import { type Format, formats } from '../reports/formats.js';
import { terminal } from '../reports/terminal.js';
import { checks } from '../suites/all.js';
import { version } from './about.js';
import { liveProgress } from './live-progress.js';
import { progressDisplay } from './preparation-progress.js';
import type { Io } from './setup.js';
import { stopOnSignals } from './stop-on-signals.js';

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
    const specs = await findSpecs(paths, process.cwd());
    const run = await runAll(specs, options, io, stop.signal);
    const written = await writeReports(run, wanted, options.out);
    const { color, columns } = look(io);
    io.stdout.write(terminal(run, { color, columns, verbose: options.verbose ?? false, reports: written }));
    return run.interrupted ? 2 : exitCodeOf(run.verdict);
  } catch (error) {
    if (
      !(
        error instanceof NoSpecs ||
        error instanceof RuntimeUnavailable ||
        error instanceof BadOption ||
        error instanceof NoSuchCheck
      )
    )
      throw error;
    io.stderr.write(`${error.message}\n`);
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
  const progress = liveProgress(io.stderr, specs, chosen.length);
  const environment = {
    node: process.versions.node,
    os: `${process.platform}-${process.arch}`,
    tensorflow: '',
    tfjsNode: tfjsNode.version,
  };
  const { color } = look(io);
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
      const runtime = await prepared(options, io, signal);
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

/** The runtime, prepared now if this is the first need of it. */
async function prepared({ tensorflow }: CheckOptions, io: Io, signal: AbortSignal) {
  const display = progressDisplay(io.stderr);
  try {
    return await ensureRuntime({ version: tensorflow, onProgress: display.show, signal });
  } finally {
    display.end();
  }
}

class BadOption extends Error {}

type FileFormat = Format & { readonly file: string };

function reportsNamed(list: string): FileFormat[] {
  const files = formats.filter((format): format is FileFormat => format.file !== undefined);
  return list
    .split(',')
    .filter(Boolean)
    .map((name) => {
      const format = files.find((one) => one.name === name.trim());
      if (format) return format;
      throw new BadOption(
        `--report ${name}: there is no such report. There are ${files.map((one) => one.name).join(', ')}.`,
      );
    });
}

async function writeReports(run: Run, wanted: readonly FileFormat[], out: string): Promise<string[]> {
  if (wanted.length > 0) await mkdir(out, { recursive: true });
  const written = wanted.map(({ file }) => path.join(out, file));
  await Promise.all(wanted.map(({ render }, index) => writeFile(written[index] ?? '', render(run))));
  return written;
}

function look(io: Io): { color: boolean; columns: number } {
  const stream = io.stdout as NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  const color =
    process.env.NO_COLOR === undefined && (stream.isTTY === true || process.env.FORCE_COLOR !== undefined);
  return { color, columns: stream.columns ?? 100 };
}
