import path from 'node:path';
import type { Check } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import { type Problem, problemsInWords } from '../contract/problem/problem.js';
import { renderProblem } from '../contract/problem/render.js';
import { fingerprintOf } from '../verdict/fingerprint.js';
import type { CheckResult, ModelRun } from '../verdict/run.js';
import { verdictOf } from '../verdict/verdict.js';
import type { Collected } from './collector.js';
import { lineOfPromise } from './line-of-promise.js';
import type { ReadSpec } from './read-specs.js';
import { untried } from './untried.js';
import { verified } from './verified.js';

export type ModelRunOptions = {
  /** The checks that were planned for this model. */
  readonly checks: readonly Check[];
  readonly strict: boolean;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Whether its spec, or a file that this names, is another one now than when it was read. */
  readonly hasChanged: boolean;
};

/** What the run says of one model; `collected`: what came back of its checks, if they were run at all. */
export function modelRunOf(
  spec: ReadSpec,
  collected: Collected | undefined,
  options: ModelRunOptions,
): ModelRun {
  const { parsed } = spec;
  const file = relative(options.cwd, spec.file);
  if (parsed.kind === 'problems') return unreadable(file, parsed.problems);
  const { contract } = parsed;
  const started = collected !== undefined && collected.results.size > 0;
  const notRun = options.signal.aborted && !started;
  const planned = notRun ? [] : options.checks;
  const found = options.hasChanged ? undefined : collected?.results;
  const results = planned.map(
    (check) => found?.get(check.id) ?? undecided(check, contract, collected, options),
  );
  const checks = verified(results).map((result, at) => ({
    ...withFingerprint(result),
    ...lineOfPromise(planned[at] ?? result, result, parsed),
  }));
  return {
    name: contract.name,
    spec: file,
    model: contract.model.kind === 'url' ? contract.model.url : relative(options.cwd, contract.model.path),
    ...(spec.givenModel ? { givenModel: true } : {}),
    api: contract.api,
    digest: collected?.digest ?? '',
    ...(spec.digest === undefined ? {} : { specDigest: spec.digest }),
    ...(contract.unconfirmed.length > 0 ? { unconfirmed: contract.unconfirmed } : {}),
    verdict: verdictOf(checks, options.strict),
    checks,
    durationMs: Math.round((collected?.endedMs ?? 0) - (collected?.startedMs ?? 0)),
    callMs: Math.round(collected?.callMs ?? 0),
    ...(notRun ? { problem: 'not run: the run was interrupted' } : {}),
  };
}

function withFingerprint(result: CheckResult): CheckResult {
  const fingerprint = fingerprintOf(result);
  if (result.finding === undefined || fingerprint === undefined) return result;
  return { ...result, finding: { ...result.finding, fingerprint } };
}

/** A planned check without a verdict is an error: a worker that died must not look green. */
function undecided(
  check: Check,
  contract: Contract,
  collected: Collected | undefined,
  options: ModelRunOptions,
): CheckResult {
  const reason = whyUndecided(collected, options);
  return { ...untried(check, contract), status: 'error', summary: reason, reason };
}

function whyUndecided(collected: Collected | undefined, { signal, hasChanged }: ModelRunOptions): string {
  if (signal.aborted) return 'The run was interrupted before this check finished.';
  if (hasChanged)
    return 'The spec, or a file that it names, changed while its model was checked. Check it again.';
  return collected?.errors[0] ?? 'The check ended without a verdict.';
}

function unreadable(spec: string, problems: readonly Problem[]): ModelRun {
  const [first] = problems;
  const problem = first ? problemsInWords(problems, spec).join('\n') : 'The spec could not be read.';
  const nothing = {
    model: '',
    api: '',
    digest: '',
    verdict: 'unknown' as const,
    checks: [],
    durationMs: 0,
    callMs: 0,
  };
  const mistakes = problems.map((one) => renderProblem({ ...one, file: spec }, { color: false }));
  const line = first ? { problemLine: first.line, mistakes } : {};
  return { name: path.basename(spec).replace(/\.[^.]*$/, ''), spec, ...nothing, problem, ...line };
}

/** Paths as reports show them: relative to the working directory where that is shorter. */
function relative(cwd: string, file: string): string {
  return path.relative(cwd, file) || '.';
}
