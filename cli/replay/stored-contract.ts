import { runsInCi } from '../../api/plan.js';
import type { Contract } from '../../harness/contract/contract.js';
import { locationOf } from '../../harness/contract/location.js';
import { readSpec } from '../../harness/contract/parsing/parse.js';
import { problemsInWords } from '../../harness/contract/problem/problem.js';
import { findStoredSpec, folderOfRun } from '../../harness/store/find-stored-spec.js';
import type { ModelRun, Run } from '../../harness/verdict/run.js';
import { UserError } from '../../harness/verdict/user-error.js';

/** A spec that can no longer be read; the message says why. */
export class SpecLost extends UserError {}

/** The current contract of a model in a stored run; its waivers may name any check. @throws SpecLost */
export async function storedContract(
  run: Run,
  file: string,
  { spec: named, model, givenModel }: ModelRun,
): Promise<Contract> {
  const spec = findStoredSpec(file, { base: run.base, spec: named }, process.cwd());
  if (spec === undefined)
    throw new SpecLost(
      `The spec ${named} does not exist.`,
      'Go to the folder that assay check was called in.',
    );
  const parsed = await readSpec(spec, { checkFiles: true, confine: runsInCi() });
  if (parsed.kind === 'contract' && givenModel) {
    const folder = folderOfRun(file, run.base);
    return { ...parsed.contract, model: locationOf(model, undefined, folder) };
  }
  if (parsed.kind === 'contract') return parsed.contract;
  throw new SpecLost(problemsInWords(parsed.problems, named).join('; '), '');
}
