import path from 'node:path';
import { type Check, levelOf } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { ParsedSpec } from '../contract/parsing/parse.js';
import type { Problem } from '../contract/problem/problem.js';
import type { CheckResult, Environment, ModelRun, Rule, Run } from '../verdict/run.js';
import { verdictOf, worst } from '../verdict/verdict.js';
import type { CheckModule } from './check-module.js';
import type { Collected, Collector } from './collector.js';
import { lineOfPromise } from './line-of-promise.js';
import type { ReadSpec } from './read-specs.js';
import { checksOf, type RunSpecsOptions, runSpecs } from './run-specs.js';
import { verified } from './verified.js';

export type CheckSpecsOptions = Omit<RunSpecsOptions, 'addon'> & {
  readonly version: string;
  readonly cwd: string;
  readonly environment: Environment;
  /** Called once a spec can be run. @throws when no TensorFlow is available */
  readonly addon: () => Promise<string>;
};

/** Runs every spec that could be read, and puts together what was concluded about all of them, in their order. */
export async function checkSpecs(specs: readonly ReadSpec[], options: CheckSpecsOptions): Promise<Run> {
  const start = performance.now();
  const contracts = specs.flatMap(({ parsed }) => (parsed.kind === 'contract' ? [parsed.contract] : []));
  for (const { file, parsed } of specs)
    if (parsed.kind === 'problems') options.onProgress({ kind: 'spec-unreadable', spec: file });
  const collector = contracts.length > 0 ? await collected(contracts, options) : undefined;
  const models = specs.map(({ file, parsed }) =>
    modelRunOf(file, parsed, collector?.of(file), { ...options, checks: checksOf(file, options) }),
  );
  return {
    format: 1,
    tool: { name: 'model-assay', version: options.version },
    startedAt: options.startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    seed: options.seed,
    strict: options.strict,
    interrupted: options.signal.aborted,
    environment: options.environment,
    verdict: worst(models.map(({ verdict }) => verdict)),
    rules: options.checks.map((check) => ruleOf(check, options.modules)),
    models,
  };
}

/** What came of the specs; nothing where the run was stopped before TensorFlow was ready. */
async function collected(
  contracts: readonly Contract[],
  options: CheckSpecsOptions,
): Promise<Collector | undefined> {
  try {
    return await runSpecs(contracts, { ...options, addon: await options.addon() });
  } catch (error) {
    if (options.signal.aborted && error === options.signal.reason) return undefined;
    throw error;
  }
}

function ruleOf({ id, explain }: Check, modules: readonly CheckModule[]): Rule {
  const module = modules.find(({ checks }) => checks.some((one) => one.id === id))?.name;
  return { id, matters: explain.matters, mend: explain.fix, ...(module === undefined ? {} : { module }) };
}

function modelRunOf(
  spec: string,
  parsed: ParsedSpec,
  collected: Collected | undefined,
  options: CheckSpecsOptions,
): ModelRun {
  const file = relative(options.cwd, spec);
  if (parsed.kind === 'problems') return unreadable(file, parsed.problems);
  const { contract } = parsed;
  const started = collected !== undefined && collected.results.size > 0;
  const notRun = options.signal.aborted && !started;
  const planned = notRun ? [] : options.checks;
  const results = planned.map(
    (check) => collected?.results.get(check.id) ?? undecided(check, contract, collected, options),
  );
  const checks = verified(results).map((result, at) => ({
    ...result,
    ...lineOfPromise(planned[at] ?? result, result, parsed),
  }));
  return {
    name: contract.name,
    spec: file,
    model: contract.model.kind === 'url' ? contract.model.url : relative(options.cwd, contract.model.path),
    api: contract.api,
    digest: collected?.digest ?? '',
    verdict: verdictOf(checks, options.strict),
    checks,
    durationMs: Math.round((collected?.endedMs ?? 0) - (collected?.startedMs ?? 0)),
    callMs: Math.round(collected?.callMs ?? 0),
    ...(notRun ? { problem: 'not run: the run was interrupted' } : {}),
  };
}

/** A planned check without a verdict is an error: a worker that died must not look green. */
function undecided(
  check: Check,
  contract: Contract,
  collected: Collected | undefined,
  { signal }: CheckSpecsOptions,
): CheckResult {
  const reason = signal.aborted
    ? 'The run was interrupted before this check finished.'
    : (collected?.errors[0] ?? 'The check ended without a verdict.');
  const base = {
    id: check.id,
    level: levelOf(check, contract),
    demands: check.demands,
    cases: 0,
    calls: 0,
    durationMs: 0,
  };
  return { ...base, status: 'error', summary: reason, reason };
}

function unreadable(spec: string, problems: readonly Problem[]): ModelRun {
  const [first] = problems;
  const problem = first
    ? problems.map(({ line, column, message }) => `${spec}:${line}:${column}: ${message}`).join('\n')
    : 'The spec could not be read.';
  const nothing = {
    model: '',
    api: '',
    digest: '',
    verdict: 'unknown' as const,
    checks: [],
    durationMs: 0,
    callMs: 0,
  };
  const line = first ? { problemLine: first.line } : {};
  return { name: path.basename(spec).replace(/\.[^.]*$/, ''), spec, ...nothing, problem, ...line };
}

/** Paths as reports show them: relative to the working directory where that is shorter. */
function relative(cwd: string, file: string): string {
  return path.relative(cwd, file) || '.';
}
