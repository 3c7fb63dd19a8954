import { statSync } from 'node:fs';
import type { Check } from '../harness/check/check.js';
import type { ModelLocation } from '../harness/contract/contract.js';
import { locationKind, locationOf } from '../harness/contract/location.js';
import { explainAddress, explainFile, explainMissing } from '../harness/contract/no-model.js';
import { type CheckModule, checksIn } from '../harness/run/check-module.js';
import { chooseChecks, withGates } from '../harness/run/choose.js';
import { findSpecs } from '../harness/run/find-specs.js';
import { expectLevels, withOwnChecks } from '../harness/run/own-checks.js';
import { contractsOf, type ReadSpec, readSpecs } from '../harness/run/read-specs.js';
import type { Selection, Shard } from '../harness/verdict/selection.js';
import { UserError } from '../harness/verdict/user-error.js';
import { bundled } from './bundled.js';
import type { RunRequest } from './options.js';

/** A plan for a run: specs as they were read, and checks. */
export type Plan = {
  /** Absolute: where paths start. */
  readonly cwd: string;
  readonly specs: readonly ReadSpec[];
  readonly modules: readonly CheckModule[];
  readonly chosen: readonly Check[];
  /** How they were chosen; undefined where they are all. */
  readonly selection?: Selection | undefined;
  /** Where the specs are one part of those that were requested. */
  readonly shard?: PlannedShard;
};

/** A part of a run, and whether any part of it needs TensorFlow. */
export type PlannedShard = Omit<Shard, 'plan'> & { readonly needsTensorFlow: boolean };

/** The checks of this package and of these modules, relative to the current folder. @throws BadChecks */
export async function allChecks(modules: readonly string[] = []): Promise<readonly Check[]> {
  return checksIn(await withOwnChecks(bundled, modules, [process.cwd()]));
}

/** Finds and reads the requested specs and checks. @throws NoSpecs, BadChecks, NoSuchCheck */
export async function makePlan(request: RunRequest, cwd: string): Promise<Plan> {
  const { specs, model, checks = [], only = [], skip = [], confine = runsInCi() } = request;
  const files = await findSpecs(specs, cwd, !confine);
  const modules = await withOwnChecks(bundled, checks, [cwd]);
  const all = checksIn(modules);
  const chosen = withGates(all, chooseChecks(all, only, skip));
  const reading = { checkIds: all.map(({ id }) => id), confine, otherModel: model !== undefined };
  const read = (await readSpecs(files, reading)).map((spec) => within(request, spec));
  expectLevels(modules, contractsOf(read));
  const selection = only.length + skip.length > 0 ? { only, skip } : undefined;
  return { cwd, specs: model === undefined ? read : withModel(read, model, cwd), modules, chosen, selection };
}

/** The specs with other models. @throws UserError where one is for several specs, not there, or at an address */
function withModel(
  specs: readonly ReadSpec[],
  model: string | ModelLocation,
  cwd: string,
): readonly ReadSpec[] {
  const isPattern = typeof model === 'string' && model.includes(nameMark);
  if (!isPattern && specs.length !== 1)
    throw new UserError(
      `One model cannot be checked against ${specs.length} specs.`,
      `Name one spec with --model, or a model for each, as in --model 'models/${nameMark}/v2': the name of each spec is put there.`,
    );
  return specs.map((spec) => {
    if (spec.parsed.kind === 'problems') return spec;
    const { contract } = spec.parsed;
    const own = isPattern ? model.replaceAll(nameMark, contract.name) : model;
    const given = { ...contract, model: givenLocation(own, cwd) };
    return { ...spec, parsed: { ...spec.parsed, contract: given }, givenModel: true };
  });
}

/** In the path of a model: the name of each spec. */
export const nameMark = '{name}';

function givenLocation(model: string | ModelLocation, cwd: string): ModelLocation {
  if (typeof model !== 'string') return model;
  if (locationKind(model) === 'url') throw explainAddress(model);
  const location = locationOf(model, undefined, cwd);
  if (location.kind === 'folder') expectFolder(location.path);
  return location;
}

/** @throws UserError where the path leads to no folder */
function expectFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) throw explainMissing(folder);
  if (!found.isDirectory()) throw explainFile(folder);
}

/** The spec with limits that are no higher than asked. */
function within({ modelDeadline, memory }: RunRequest, spec: ReadSpec): ReadSpec {
  if (spec.parsed.kind === 'problems') return spec;
  const { limits } = spec.parsed.contract;
  const modelDeadlineMs = Math.min(limits.modelDeadlineMs, modelDeadline ?? Number.POSITIVE_INFINITY);
  const capped = {
    ...limits,
    modelDeadlineMs,
    deadlineMs: Math.min(limits.deadlineMs, modelDeadlineMs),
    memoryBytes: Math.min(limits.memoryBytes, memory ?? Number.POSITIVE_INFINITY),
  };
  return { ...spec, parsed: { ...spec.parsed, contract: { ...spec.parsed.contract, limits: capped } } };
}

/** CI services set this variable; they run specs of strangers, as in pull requests. */
export function runsInCi(): boolean {
  return !['', '0', 'false', undefined].includes(process.env.CI);
}
