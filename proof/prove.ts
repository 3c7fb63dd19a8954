import type { Check } from '../harness/check/check.js';
import type { CheckSpecsOptions } from '../harness/run/check-specs.js';
import { checks } from '../suites/all.js';
import type { KeptSeeds } from './kept-seeds.js';
import { type Material, planFor } from './material.js';
import { runOf } from './running.js';
import type { SeedRun } from './seed-run.js';

export type ProveOptions = Partial<Pick<CheckSpecsOptions, 'addon' | 'onProgress' | 'signal'>> & {
  readonly onSeed?: (run: SeedRun) => void;
  /** Where seeds are kept as they end, and found again. */
  readonly kept?: KeptSeeds;
  /** Seeds at which broken models are run; all, if left out. */
  readonly twinSeeds?: number;
};

/** Runs everything at each seed, one seed after the other. A seed whose run dies is reported as such, and the next one is run. */
export async function prove(
  material: Material,
  seeds: readonly number[],
  { onSeed, twinSeeds, kept, ...options }: ProveOptions = {},
): Promise<SeedRun[]> {
  const runs: SeedRun[] = [];
  for (const [index, seed] of seeds.entries()) {
    if (options.signal?.aborted) break;
    const plan = planFor(material, index, twinSeeds);
    const run = kept?.find(seed, plan) ?? (await runSeed(plan, seed, options));
    if (options.signal?.aborted) break;
    kept?.keep(run, plan);
    runs.push(run);
    onSeed?.(run);
  }
  return runs;
}

async function runSeed(
  plan: ReadonlyMap<string, readonly Check[]>,
  seed: number,
  options: Partial<CheckSpecsOptions>,
): Promise<SeedRun> {
  const specs = [...plan.keys()];
  try {
    const checksFor = (spec: string) => plan.get(spec) ?? checks;
    const { models } = await runOf(specs, seed, { ...options, checksFor });
    return { seed, results: new Map(models.map((model, index) => [specs[index] ?? '', model])) };
  } catch (error) {
    return { seed, died: error instanceof Error ? error.message : String(error) };
  }
}
