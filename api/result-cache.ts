import { cacheFolder } from '../harness/engine/runtime/cache.js';
import type { Collected } from '../harness/run/collector.js';
import type { Progress } from '../harness/run/progress.js';
import { contractsOf, type ReadSpec } from '../harness/run/read-specs.js';
import { type Circumstances, KeptResults } from '../harness/store/kept-results.js';
import type { CheckResult, ModelRun, Run } from '../harness/verdict/run.js';
import { circumstancesOf, type RunFacts, sharedBy } from './circumstances.js';
import type { Plan } from './plan.js';

export type ResultCacheOptions = {
  readonly folder: string;
  /** Keep nothing: the cache is shared with those who may trust no results of this run. */
  readonly readOnly: boolean;
  /** Told of each spec whether its results were there, and if not, why; left out where nobody asks. */
  readonly explain?: (spec: string, why: string) => void;
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
