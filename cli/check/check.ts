import { makePlan } from '../../api/plan.js';
import { SeenOutputs } from '../../harness/store/seen-outputs.js';
import { readRun } from '../../harness/store/stored-run.js';
import { diffRuns } from '../../harness/verdict/diff/diff-runs.js';
import { exitCodeOfDiff } from '../../harness/verdict/diff/exit-code.js';
import type { Run } from '../../harness/verdict/run.js';
import { exitCodeOfRun } from '../../harness/verdict/verdict.js';
import { diffText } from '../../reports/diff/terminal.js';
import { terminal } from '../../reports/terminal.js';
import type { CheckFlags } from '../check-flags.js';
import { reportToGitHub } from '../github.js';
import type { Io } from '../io.js';
import { prepared } from '../prepared.js';
import { refuse } from '../refusal.js';
import { missingInWords, reportsNamed, withRun } from '../reports.js';
import { runShown } from '../run-shown.js';
import { showProblems } from '../show-problems.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { openStore } from '../store-run.js';
import { isSideBySide, versionsNamed } from '../versions/requested.js';
import { windowOf } from '../window.js';
import { resultCacheFor } from './result-cache-for.js';

/** `assay check`: runs specs and reports. Returns 0 when all conform, 1 when one does not, 2 when it could not decide. */
export async function check(patterns: readonly string[], options: CheckFlags, io: Io): Promise<number> {
  const stop = stopOnSignals();
  try {
    const versions = versionsNamed(options.tensorflow);
    if (isSideBySide(versions)) {
      const { checkVersions } = await import('../versions/check-versions.js');
      return await checkVersions(patterns, versions, options, io, stop.signal);
    }
    const wanted = reportsNamed(options.report);
    const baseline = options.baseline === undefined ? undefined : await readRun(options.baseline);
    const plan = await makePlan({ ...options, specs: patterns }, process.cwd());
    const store = await openStore(withRun(wanted.files), options);
    const outputs = new SeenOutputs();
    showProblems(plan.specs, io);
    const { signal } = stop;
    const runtime = () => prepared(options.tensorflow, io, signal);
    const cache = resultCacheFor(options, io);
    const ended = await runShown(plan, options, io, {
      runtime,
      signal,
      outputs,
      ...(cache ? { cache } : {}),
    });
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
