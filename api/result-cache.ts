import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { settings } from '../harness/engine/process/confinement/environment.js';
import { cacheFolder } from '../harness/engine/runtime/cache.js';
import type { Collected } from '../harness/run/collector.js';
import type { Progress } from '../harness/run/progress.js';
import { contractsOf, type ReadSpec } from '../harness/run/read-specs.js';
import { modelDigestOf } from '../harness/savedmodel/digest.js';
import { obtainModel } from '../harness/savedmodel/obtain/obtain.js';
import { type Circumstances, KeptResults } from '../harness/store/kept-results.js';
import type { CheckResult, Environment, ModelRun, Run } from '../harness/verdict/run.js';
import { isSystemError } from '../harness/verdict/system-error.js';
import { UserError } from '../harness/verdict/user-error.js';
import type { Plan } from './plan.js';
import { toolDigest } from './tool-digest.js';

export type ResultCacheOptions = {
  readonly folder: string;
  /** Keep nothing: the cache is shared with those who may trust no results of this run. */
  readonly readOnly: boolean;
  /** Told of each spec whether its results were there, and if not, why; left out where nobody asks. */
  readonly explain?: (spec: string, why: string) => void;
};

/** All that a run's results depend on beside the models and their specs. */
export type RunFacts = {
  readonly seed: number;
  readonly allowUnsafe: boolean;
  readonly environment: Environment;
  /** The file of TensorFlow's native addon; once it is known, `environment` is complete. @throws RuntimeUnavailable */
  readonly addon: () => Promise<string>;
};

/**
 * Results of earlier runs for models that conform. A model is looked up by its files, its spec, the checks, TensorFlow, the
 * machine, the seed and every option that matters; any difference is a miss.
 */
export class ResultCache {
  readonly #options: ResultCacheOptions;
  readonly #kept: KeptResults;
  /** Of the specs that were looked up and not found. */
  readonly #missed = new Map<string, Circumstances>();

  constructor(options: ResultCacheOptions) {
    this.#options = options;
    this.#kept = new KeptResults(options.folder);
  }

  /** What is known of the specs of a plan, by spec, told as progress, too. */
  async lookUp(plan: Plan, facts: RunFacts, onProgress: (progress: Progress) => void) {
    const known = new Map<string, Collected>();
    if (contractsOf(plan.specs).length === 0) return known;
    const shared = sharedBy(plan, await facts.addon(), facts);
    for (const spec of plan.specs) {
      const of = await circumstancesOf(spec, shared, plan);
      const kept = typeof of === 'string' ? undefined : await this.#kept.find(of);
      const run = kept && isWhole(kept, spec, plan) ? kept : undefined;
      if (run) known.set(spec.file, collectedFrom(run));
      else if (typeof of !== 'string') this.#missed.set(spec.file, of);
      const { explain } = this.#options;
      explain?.(spec.file, run ? `from the run of ${run.startedAt}` : await this.#whyMissed(of));
    }
    for (const [spec, collected] of known) tell(spec, collected, onProgress);
    return known;
  }

  /** Keeps the results of the models of a run that conform; `specs`: those of its models, in their order. */
  async keep(run: Run, specs: readonly ReadSpec[]): Promise<void> {
    if (this.#options.readOnly || run.interrupted) return;
    for (const [at, model] of run.models.entries()) {
      const of = this.#missed.get(specs[at]?.file ?? '');
      const same = of?.model === model.digest && of.spec === model.specDigest;
      if (of && same && isDecided(model))
        await this.#kept.keep(of, { ...run, verdict: model.verdict, models: [model] });
    }
  }

  async #whyMissed(of: Circumstances | string): Promise<string> {
    if (typeof of === 'string') return of;
    const differing = await this.#kept.nearest(of);
    return differing === undefined
      ? 'nothing is kept yet'
      : `not there: the nearest differs in ${differing.join(', ')}`;
  }
}

/** In the cache of TensorFlow and of unpacked models. */
export function resultFolder(): string {
  return `${cacheFolder()}/results`;
}

/** Failures are found anew each time, as what they show is kept beside a run. */
function isDecided({ checks, problem }: ModelRun): boolean {
  const settled = checks.every(
    ({ status, warnings }) => /^(pass|skip)$/.test(status) && warnings === undefined,
  );
  return settled && problem === undefined;
}

/** Whether a kept run is of this spec alone, with all that a run now would decide. */
function isWhole({ models: [model, ...others] }: Run, { digest: specDigest }: ReadSpec, plan: Plan): boolean {
  const decided = new Set(model?.checks.map(({ id }) => id));
  return (
    others.length === 0 && model?.specDigest === specDigest && plan.chosen.every(({ id }) => decided.has(id))
  );
}

function sharedBy(plan: Plan, addon: string, { seed, allowUnsafe, environment }: RunFacts): Circumstances {
  return {
    assay: toolDigest(),
    checks: digest(plan.chosen.map(({ id }) => id)),
    seed: String(seed),
    'safety of models': allowUnsafe ? 'ignored' : 'demanded',
    tensorflow: `${environment.tensorflow} ${environment.tensorflowDigest ?? stateOf(addon)}`,
    node: environment.node,
    system: `${environment.os} ${cpus()[0]?.model}`,
    settings: digest(settings()),
    confinement: (environment.confinement ?? []).join(' '),
  };
}

/** Of a TensorFlow that somebody else prepared, whose files have no digest: the addon, and the libraries that it finds. */
function stateOf(addon: string): string {
  const folder = path.dirname(addon);
  const libraries = [folder, path.join(folder, '../../deps/lib')].flatMap((place) =>
    existsSync(place) ? readdirSync(place).map((name) => path.join(place, name)) : [],
  );
  const files = [addon, ...libraries.filter((file) => /libtensorflow/.test(file)).sort()];
  return files
    .map((file) => statSync(file))
    .map(({ size, mtimeMs }, at) => `${files[at]} ${size} ${mtimeMs}`)
    .join(' ');
}

/** Or why the results of a spec are never looked up. */
async function circumstancesOf(
  spec: ReadSpec,
  shared: Circumstances,
  { modules }: Plan,
): Promise<Circumstances | string> {
  if (modules.some(({ name }) => name !== undefined)) return 'not looked up: the run has checks of others';
  if (spec.parsed.kind === 'problems') return 'not looked up: the spec has problems';
  const { contract } = spec.parsed;
  if (contract.waivers.length > 0) return 'not looked up: the spec has waivers';
  try {
    const options = { cacheFolder: cacheFolder(), deadlineMs: contract.limits.modelDeadlineMs };
    const { folder } = await obtainModel(contract.model, options);
    const files = { model: await modelDigestOf(folder), spec: spec.digest ?? '' };
    return { ...shared, ...files, limits: digest(contract.limits) };
  } catch (error) {
    if (!(error instanceof UserError || isSystemError(error))) throw error;
    return 'not looked up: the model cannot be read';
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function collectedFrom({ startedAt, models: [model] }: Run): Collected {
  const results = (model?.checks ?? []).map((result): [string, CheckResult] => [
    result.id,
    { ...result, fromCache: startedAt },
  ]);
  return { results: new Map(results), digest: model?.digest ?? '', callMs: 0, errors: [] };
}

function tell(spec: string, { results }: Collected, onProgress: (progress: Progress) => void): void {
  for (const result of results.values()) onProgress({ kind: 'check-decided', spec, result });
  onProgress({ kind: 'spec-ended', spec });
}
