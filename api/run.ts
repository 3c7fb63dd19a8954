import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { demand, measures } from '../harness/engine/process/confinement/measures.js';
import { tfjsNode } from '../harness/engine/runtime/pins.js';
import type { Runtime } from '../harness/engine/runtime/runtime-found.js';
import { checkSpecs } from '../harness/run/check-specs.js';
import type { Progress } from '../harness/run/progress.js';
import type { Environment, Run } from '../harness/verdict/run.js';
import { asPart } from '../harness/verdict/shard/plan.js';
import type { RunSettings } from './options.js';
import type { Plan } from './plan.js';
import type { ResultCache } from './result-cache.js';
import { toolDigest } from './tool-digest.js';
import { version } from './version.js';

export type RunEnvironment = {
  /** TensorFlow; called once a spec can be run. @throws RuntimeUnavailable */
  readonly runtime: () => Promise<Runtime>;
  readonly onProgress: (progress: Progress) => void;
  /** Ends the run early; results so far are kept. */
  readonly signal: AbortSignal;
  /** Where results of models that have not changed are looked up, and kept; left out, all models are run. */
  readonly cache?: ResultCache;
};

/** Completed once TensorFlow is there. */
type Surroundings = { -readonly [Key in keyof Environment]: Environment[Key] };

/** Executes a plan. @throws RuntimeUnavailable; UserError where less is in force than is required */
export async function execute(plan: Plan, how: RunSettings, surroundings: RunEnvironment): Promise<Run> {
  const { onProgress, signal, cache } = surroundings;
  demand(how.confinement ?? 'available');
  const environment: Surroundings = {
    node: process.versions.node,
    os: `${process.platform}-${process.arch}`,
    tensorflow: '',
    tfjsNode: tfjsNode.version,
    confinement: [],
  };
  const addon = async () => {
    const { addon: file, tensorflow, packageSha256 } = await surroundings.runtime();
    environment.tensorflow = tensorflow;
    if (packageSha256 !== undefined) environment.tensorflowDigest = `sha256:${packageSha256}`;
    environment.confinement = measures().flatMap(({ name, inForce }) => (inForce ? [name] : []));
    return file;
  };
  const facts = { seed: how.seed ?? randomInt(2 ** 31), allowUnsafe: how.allowUnsafe ?? false, environment };
  const known = await cache?.lookUp(plan, { ...facts, addon }, onProgress);
  const run = await checkSpecs(plan.specs, {
    ...facts,
    checks: plan.chosen,
    modules: plan.modules,
    strict: how.strict ?? false,
    processes: how.processes ?? availableParallelism(),
    version: version(),
    toolDigest: toolDigest(),
    selection: plan.selection,
    ...(plan.shard ? { needsTensorFlow: plan.shard.needsTensorFlow } : {}),
    cwd: plan.cwd,
    startedAt: new Date(),
    addon,
    ...(known ? { known } : {}),
    onProgress,
    signal,
  });
  await cache?.keep(run, plan.specs);
  if (plan.shard === undefined) return run;
  const { needsTensorFlow: _, ...shard } = plan.shard;
  return asPart(run, shard);
}
