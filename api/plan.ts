import type { Check } from '../harness/check/check.js';
import { type CheckModule, checksIn } from '../harness/run/check-module.js';
import { chooseChecks } from '../harness/run/choose.js';
import { findSpecs } from '../harness/run/find-specs.js';
import { expectLevels, withOwnChecks } from '../harness/run/own-checks.js';
import { contractsOf, type ReadSpec, readSpecs } from '../harness/run/read-specs.js';
import { bundled } from './bundled.js';
import type { RunRequest } from './options.js';

/** A plan for a run: specs as they were read, and checks. */
export type Plan = {
  /** Absolute: where paths start. */
  readonly cwd: string;
  readonly specs: readonly ReadSpec[];
  readonly modules: readonly CheckModule[];
  readonly chosen: readonly Check[];
};

/** The checks of this package and of these modules, relative to the current folder. @throws BadChecks */
export async function allChecks(modules: readonly string[] = []): Promise<readonly Check[]> {
  return checksIn(await withOwnChecks(bundled, modules, [process.cwd()]));
}

/** Finds and reads the requested specs and checks. @throws NoSpecs, BadChecks, NoSuchCheck */
export async function makePlan(
  { specs, checks = [], only = [], skip = [], confine = runsInCi() }: RunRequest,
  cwd: string,
): Promise<Plan> {
  const files = await findSpecs(specs, cwd);
  const modules = await withOwnChecks(bundled, checks, [cwd]);
  const all = checksIn(modules);
  const chosen = chooseChecks(all, only, skip);
  const read = await readSpecs(
    files,
    all.map(({ id }) => id),
    confine,
  );
  expectLevels(modules, contractsOf(read));
  return { cwd, specs: read, modules, chosen };
}

/** CI services set this variable; they run specs of strangers, as in pull requests. */
function runsInCi(): boolean {
  return !['', '0', 'false', undefined].includes(process.env.CI);
}
