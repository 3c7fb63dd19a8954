import type { Variable } from '../savedmodel/saved-model.js';
import type { CallRunner } from './call-runner.js';
import type { Call } from './subject.js';
import type { VariableState } from './variable-state.js';

type Parts = { readonly runner: CallRunner; readonly variables: VariableState };

/** Of the floating-point variables that are perturbed before a call, those that it changes. @throws CallRefused, CallFailed */
export async function changedFrom(
  { runner, variables }: Parts,
  steps: ReadonlyMap<Variable, number>,
  call: Call,
): Promise<readonly Variable[]> {
  const ready = await runner.ready(call);
  const generation = await variables.perturbed(steps);
  const perturbed = [...steps.keys()];
  const before = await variables.valuesOf(perturbed, generation);
  await runner.run(ready, generation);
  const after = await variables.valuesOf(perturbed, generation);
  return perturbed.filter(({ nodeId }) =>
    before.get(nodeId)?.some((value, at) => !Object.is(value, after.get(nodeId)?.[at])),
  );
}
