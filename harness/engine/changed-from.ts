import type { Variable } from '../savedmodel/saved-model.js';
import type { CallRunner } from './call-runner.js';
import type { Call } from './subject.js';
import type { VariableState } from './variable-state.js';

type Parts = { readonly runner: CallRunner; readonly variables: VariableState };

/** Of the floating-point variables that are watched, those that a call changes once some were perturbed. @throws CallRefused, CallFailed */
export async function changedFrom(
  { runner, variables }: Parts,
  steps: ReadonlyMap<Variable, number>,
  call: Call,
  watched: readonly Variable[],
): Promise<readonly Variable[]> {
  const ready = await runner.ready(call);
  const generation = await variables.perturbed(steps);
  const before = await variables.valuesOf(watched, generation);
  await runner.run(ready, generation);
  const after = await variables.valuesOf(watched, generation);
  return watched.filter(({ nodeId }) =>
    before.get(nodeId)?.some((value, at) => !Object.is(value, after.get(nodeId)?.[at])),
  );
}
