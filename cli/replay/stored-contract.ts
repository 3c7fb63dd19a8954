import type { Contract } from '../../harness/contract/contract.js';
import { readSpec } from '../../harness/contract/parse.js';
import { renderProblem } from '../../harness/contract/problem/render.js';
import { findStoredSpec } from '../../harness/store/find-stored-spec.js';
import type { ModelRun, Run } from '../../harness/verdict/run.js';
import { visible } from '../../reports/visible.js';
import { checks } from '../../suites/all.js';

/** A spec that can be read no more; the message says why. */
export class SpecLost extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SpecLost';
  }
}

/** What the spec of a model in a stored run says now. @throws SpecLost */
export async function storedContract(run: Run, file: string, { spec: named }: ModelRun): Promise<Contract> {
  const spec = findStoredSpec(file, { base: run.base, spec: named }, process.cwd());
  if (spec === undefined)
    throw new SpecLost(
      `The spec ${visible(named)} is not there. Replay in the folder that assay check was called in.`,
    );
  const parsed = await readSpec(spec, { checkIds: checks.map(({ id }) => id), checkFiles: true });
  if (parsed.kind === 'contract') return parsed.contract;
  const problems = parsed.problems.map((one) => renderProblem(one, { color: false, cwd: process.cwd() }));
  throw new SpecLost(problems.join('\n'));
}
