import { existsSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makePlan, type Plan } from '../../api/plan.js';
import type { Contract } from '../../harness/contract/contract.js';
import { locationKind, locationOf } from '../../harness/contract/location.js';
import { explainAddress, explainMissing } from '../../harness/contract/no-model.js';
import { explainFolder } from '../../harness/savedmodel/reading/folder.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { contractIn, contractOf } from '../contract-in.js';
import { specFor } from '../init/spec-for.js';

/** What the two models are held to, and what NEW promises itself. */
export type Sides = {
  /** The contract of OLD, with OLD and with NEW for a model. */
  readonly old: Plan;
  readonly new: Plan;
  readonly promised: { readonly old: Contract; readonly new: Contract };
  /** The spec of the contract; where there is none, what the files of OLD reveal. */
  readonly spec: string;
  readonly inferred: boolean;
};

export type SideOptions = { readonly spec?: string; readonly confine?: boolean };

/**
 * Finds the contract that is relied on, and both models. Each side is a folder, an archive or a spec. `folder`: where a spec is
 * written if there is none. @throws UserError where one is not there, or a spec has mistakes
 */
export async function sidesOf(
  old: string,
  now: string,
  { spec, ...options }: SideOptions,
  folder: string,
): Promise<Sides> {
  const cwd = process.cwd();
  const [oldSpec, newSpec] = [await specAt(old), await specAt(now)];
  const relied = spec ?? oldSpec ?? (await inferredSpec(old, folder));
  const plan = (model?: Contract['model'] | string) =>
    makePlan({ ...options, specs: [relied], ...(model === undefined ? {} : { model }) }, cwd);
  const promised = newSpec === undefined ? undefined : await contractIn(newSpec, options);
  const oldPlan = await plan(
    oldSpec === undefined ? old : spec && (await contractIn(oldSpec, options)).model,
  );
  const newPlan = await plan(promised?.model ?? now);
  const [before, after] = [contractFrom(oldPlan, relied), contractFrom(newPlan, relied)];
  return {
    old: oldPlan,
    new: newPlan,
    promised: { old: before, new: promised ?? after },
    spec: path.relative(cwd, path.resolve(relied)),
    inferred: spec === undefined && oldSpec === undefined,
  };
}

/** The path, if it is that of a spec: any file but an archive. */
async function specAt(given: string): Promise<string | undefined> {
  if (locationKind(given) === 'url') throw explainAddress(given);
  const stats = await stat(given).catch(unlessSystemError);
  if (stats === undefined) throw explainMissing(given);
  // A folder of something else was given by mistake: it is no model that breaks a promise.
  const holdsModel = existsSync(path.join(given, 'saved_model.pb'));
  if (stats.isDirectory() && !holdsModel) throw await explainFolder(given);
  return stats.isFile() && locationKind(given) === 'folder' ? given : undefined;
}

async function inferredSpec(model: string, folder: string): Promise<string> {
  const file = path.join(folder, 'inferred.yaml');
  await writeFile(file, await specFor(locationOf(model, undefined, process.cwd()), folder));
  return file;
}

function contractFrom({ specs: [spec] }: Plan, file: string): Contract {
  if (spec === undefined) throw new Error(`${file} was not read`);
  return contractOf(spec.parsed, file);
}
