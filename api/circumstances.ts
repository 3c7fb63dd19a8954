import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { settings } from '../harness/engine/process/confinement/environment.js';
import { cacheFolder } from '../harness/engine/runtime/cache.js';
import type { ReadSpec } from '../harness/run/read-specs.js';
import { modelDigestOf } from '../harness/savedmodel/digest.js';
import { obtainModel } from '../harness/savedmodel/obtain/obtain.js';
import type { Circumstances } from '../harness/store/kept-results.js';
import type { Environment } from '../harness/verdict/run.js';
import { isSystemError } from '../harness/verdict/system-error.js';
import { UserError } from '../harness/verdict/user-error.js';
import type { Plan } from './plan.js';
import { toolDigest } from './tool-digest.js';

/** All that a run's results depend on beside the models and their specs. */
export type RunFacts = {
  readonly seed: number;
  readonly allowUnsafe: boolean;
  readonly environment: Environment;
  /** The file of TensorFlow's native addon; once it is known, `environment` is complete. @throws RuntimeUnavailable */
  readonly addon: () => Promise<string>;
};

/** What all models of a run have in common. */
export function sharedBy(
  plan: Plan,
  addon: string,
  { seed, allowUnsafe, environment }: RunFacts,
): Circumstances {
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

/** All that the results of a spec depend on, or why they are never looked up. */
export async function circumstancesOf(
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
