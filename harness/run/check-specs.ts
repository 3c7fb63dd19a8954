import type { Check } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { Environment, Rule, Run } from '../verdict/run.js';
import type { Selection } from '../verdict/selection.js';
import { worst } from '../verdict/verdict.js';
import type { CheckModule } from './check-module.js';
import type { Collected, Collector } from './collector.js';
import { modelRunOf } from './model-run.js';
import { contractsOf, type ReadSpec } from './read-specs.js';
import { checksOf, type RunSpecsOptions, runSpecs } from './run-specs.js';
import { digestOfSpecFiles, specFilesOf } from './spec-digest.js';

export type CheckSpecsOptions = Omit<RunSpecsOptions, 'addon'> & {
  readonly version: string;
  readonly toolDigest?: string;
  readonly selection?: Selection | undefined;
  readonly cwd: string;
  readonly environment: Environment;
  /** Called once a spec can be run. @throws when no TensorFlow is available */
  readonly addon: () => Promise<string>;
  /** Whether TensorFlow is prepared even if no spec needs it, as other shards of the run do. */
  readonly needsTensorFlow?: boolean;
  /** Results that are known without a run, by spec. */
  readonly known?: ReadonlyMap<string, Collected>;
};

/** Runs every spec that could be read, and puts together what was concluded about all of them, in their order. */
export async function checkSpecs(specs: readonly ReadSpec[], options: CheckSpecsOptions): Promise<Run> {
  const start = performance.now();
  const known = options.known ?? new Map<string, Collected>();
  const contracts = contractsOf(specs.filter(({ file }) => !known.has(file)));
  for (const { file, parsed } of specs)
    if (parsed.kind === 'problems') options.onProgress({ kind: 'spec-unreadable', spec: file });
  const { needsTensorFlow = contracts.length > 0 } = options;
  const collector = needsTensorFlow ? await collected(contracts, options) : undefined;
  const changed = await Promise.all(specs.map(hasChanged));
  const models = specs.map((spec, at) =>
    modelRunOf(spec, known.get(spec.file) ?? collector?.of(spec.file), {
      ...options,
      checks: checksOf(spec.file, options),
      hasChanged: changed[at] ?? false,
    }),
  );
  return {
    format: 1,
    tool: toolOf(options),
    startedAt: options.startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    seed: options.seed,
    strict: options.strict,
    ...(options.allowUnsafe ? { allowUnsafe: true } : {}),
    ...(options.selection === undefined ? {} : { selection: options.selection }),
    interrupted: options.signal.aborted,
    environment: options.environment,
    verdict: worst(models.map(({ verdict }) => verdict)),
    rules: options.checks.map((check) => ruleOf(check, options.modules)),
    models,
  };
}

/** Whether a spec, or a file that it names, is no longer what was read. */
async function hasChanged({ parsed, digest }: ReadSpec): Promise<boolean> {
  return parsed.kind === 'contract' && digestOfSpecFiles(await specFilesOf(parsed.contract)) !== digest;
}

/** What came of the specs; nothing where the run was stopped before TensorFlow was ready. */
async function collected(
  contracts: readonly Contract[],
  options: CheckSpecsOptions,
): Promise<Collector | undefined> {
  try {
    const addon = await options.addon();
    return contracts.length > 0 ? await runSpecs(contracts, { ...options, addon }) : undefined;
  } catch (error) {
    if (options.signal.aborted && error === options.signal.reason) return undefined;
    throw error;
  }
}

function toolOf({ version, toolDigest }: CheckSpecsOptions): Run['tool'] {
  return { name: 'model-assay', version, ...(toolDigest === undefined ? {} : { digest: toolDigest }) };
}

function ruleOf({ id, explain }: Check, modules: readonly CheckModule[]): Rule {
  const module = modules.find(({ checks }) => checks.some((one) => one.id === id))?.name;
  return { id, matters: explain.matters, mend: explain.fix, ...(module === undefined ? {} : { module }) };
}
