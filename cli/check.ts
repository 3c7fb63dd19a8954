import { makePlan, type Plan } from '../api/plan.js';
import { execute } from '../api/run.js';
import { renderProblem } from '../harness/contract/problem/render.js';
import type { ConfinementLevel } from '../harness/engine/process/confinement/measures.js';
import type { Progress } from '../harness/run/progress.js';
import type { ReadSpec } from '../harness/run/read-specs.js';
import { SeenOutputs } from '../harness/store/seen-outputs.js';
import { readRun } from '../harness/store/stored-run.js';
import { diffRuns } from '../harness/verdict/diff/diff-runs.js';
import { exitCodeOfDiff } from '../harness/verdict/diff/exit-code.js';
import type { Run } from '../harness/verdict/run.js';
import { exitCodeOfRun } from '../harness/verdict/verdict.js';
import { diffText } from '../reports/diff/terminal.js';
import { terminal } from '../reports/terminal.js';
import { reportToGitHub } from './github.js';
import type { Io } from './io.js';
import { liveProgress } from './live-progress.js';
import { prepared } from './prepared.js';
import { refuse } from './refusal.js';
import { missingInWords, reportsNamed, withRun } from './reports.js';
import { stopOnSignals } from './stop-on-signals.js';
import { openStore } from './store-run.js';
import { windowOf } from './window.js';

export type CheckFlags = {
  /** Repeats a run: the same seed makes the same images. */
  readonly seed?: number;
  readonly strict?: boolean;
  readonly verbose?: boolean;
  /** A folder or archive to check in the place of the model that the spec names. */
  readonly model?: string;
  /** Patterns of checks to run, and of checks to skip. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Modules with further checks. */
  readonly checks?: readonly string[];
  /** Also run models that fail a safety check. */
  readonly allowUnsafe?: boolean;
  /** Read nothing outside the repository of a spec; default: in CI. */
  readonly confine?: boolean;
  readonly confinement?: ConfinementLevel;
  /** Upper limits for all specs, in milliseconds and bytes. */
  readonly modelDeadline?: number;
  readonly memory?: number;
  readonly tensorflow?: string;
  /** Of models, at once. */
  readonly processes?: number;
  /** A stored run: only what is newly broken since fails. */
  readonly baseline?: string;
  /** Names of formats, comma-separated. */
  readonly report: string;
  /** Folder for the reports. */
  readonly out: string;
};

/** `assay check`: runs specs and reports. Returns 0 when all conform, 1 when one does not, 2 when it could not decide. */
export async function check(patterns: readonly string[], options: CheckFlags, io: Io): Promise<number> {
  const stop = stopOnSignals();
  try {
    const wanted = reportsNamed(options.report);
    const baseline = options.baseline === undefined ? undefined : await readRun(options.baseline);
    const plan = await makePlan({ ...options, specs: patterns }, process.cwd());
    const store = await openStore(withRun(wanted.files), options);
    const outputs = new SeenOutputs();
    const ended = await runAll(plan, options, io, { signal: stop.signal, outputs });
    const { run, paths, missing } = await store(ended, plan.specs, outputs);
    const { color, columns = 100 } = windowOf(io);
    io.stdout.write(terminal(run, { color, columns, verbose: options.verbose ?? false, reports: paths }));
    io.stderr.write(missingInWords(missing));
    const annotated = wanted.printed.some(({ name }) => name === 'github');
    await reportToGitHub(run, io, process.env, annotated);
    const code = baseline ? sinceBaseline(baseline, run, io) : exitCodeOfRun(run);
    return missing.length > 0 ? 2 : code;
  } catch (error) {
    return refuse(error, io);
  } finally {
    stop.end();
  }
}

/** Tells what changed since a stored run of these models, and gives the exit code for that alone. */
function sinceBaseline(baseline: Run, run: Run, io: Io): 0 | 1 | 2 {
  const { models } = diffRuns(baseline, run);
  const found = { models: models.filter(({ after }) => after !== undefined) };
  const code = exitCodeOfDiff(found, run);
  const { color, columns = 100 } = windowOf(io);
  io.stdout.write(`\nSince the baseline:\n\n${diffText(found, code, color, columns)}`);
  return code;
}

async function runAll(
  plan: Plan,
  options: CheckFlags,
  io: Io,
  { signal, outputs }: { readonly signal: AbortSignal; readonly outputs: SeenOutputs },
): Promise<Run> {
  showProblems(plan.specs, io);
  const files = plan.specs.map(({ file }) => file);
  const asked = { checks: plan.chosen.length, strict: options.strict ?? false };
  const progress = liveProgress(io.stderr, files, asked);
  const runtime = () => prepared(options.tensorflow, io, signal);
  const onProgress = (one: Progress) => {
    outputs.take(one);
    progress.show(one);
  };
  const run = await execute(plan, options, { runtime, onProgress, signal });
  progress.end();
  return run;
}

function showProblems(specs: readonly ReadSpec[], io: Io): void {
  const { color } = windowOf(io);
  const problems = specs.flatMap(({ parsed }) => (parsed.kind === 'problems' ? parsed.problems : []));
  for (const problem of problems)
    io.stderr.write(`${renderProblem(problem, { color, cwd: process.cwd() })}\n\n`);
}
