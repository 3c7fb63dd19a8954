import { makePlan } from '../../api/plan.js';
import { SeenOutputs } from '../../harness/store/seen-outputs.js';
import { readRun } from '../../harness/store/stored-run.js';
import type { Run } from '../../harness/verdict/run.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { exitCodeOfRun, isEmptyPart } from '../../harness/verdict/verdict.js';
import { terminal } from '../../reports/terminal.js';
import type { CheckFlags } from '../check-flags.js';
import { reportToGitHub } from '../github.js';
import type { Io } from '../io.js';
import { prepared } from '../prepared.js';
import { refuse } from '../refusal.js';
import { missingInWords, reportsNamed, withRun } from '../reports.js';
import { runShown } from '../run-shown.js';
import { expectKept } from '../same-place.js';
import { forgetPart, planOfShard, shardOfFlags } from '../shard/shard-plan.js';
import { showProblems } from '../show-problems.js';
import { sinceBaseline } from '../since-baseline.js';
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
    const shard = shardOfFlags(options, process.env);
    if (isSideBySide(versions)) {
      if (shard) throw new UserError(oneVersion, 'Give each shard one version, or --shard off.');
      const { checkVersions } = await import('../versions/check-versions.js');
      return await checkVersions(patterns, versions, options, io, stop.signal);
    }
    const wanted = reportsNamed(options.report);
    if (wanted.files.length > 0) {
      expectKept('--baseline', options.baseline, options.out);
      expectKept('--durations', options.durations, options.out);
      if (shard) await forgetPart(options);
    }
    const baseline = options.baseline === undefined ? undefined : await readRun(options.baseline);
    const whole = await makePlan({ ...options, specs: patterns }, process.cwd());
    const plan = shard ? await planOfShard(whole, shard, options, io) : whole;
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
    const { color, columns } = windowOf(io);
    io.stdout.write(
      terminal(run, {
        color,
        columns,
        verbose: options.verbose ?? false,
        mistakesShown: true,
        reports: paths,
      }),
    );
    io.stderr.write(missingInWords(missing));
    const annotated = wanted.printed.some(({ name }) => name === 'github');
    await reportToGitHub(run, io, process.env, annotated);
    return missing.length > 0 ? 2 : exitCode(run, baseline, io);
  } catch (error) {
    return refuse(error, io);
  } finally {
    stop.end();
  }
}

const oneVersion = 'Several versions of TensorFlow, side by side, cannot be split into shards.';

function exitCode(run: Run, baseline: Run | undefined, io: Io): 0 | 1 | 2 {
  if (isEmptyPart(run)) return 0;
  return baseline ? sinceBaseline(baseline, run, io) : exitCodeOfRun(run);
}
