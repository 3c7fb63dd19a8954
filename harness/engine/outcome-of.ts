import type { SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { CallRunner } from './call-runner.js';
import type { Call, Outcome } from './subject.js';
import type { VariableState } from './variable-state.js';

type Parts = { readonly runner: CallRunner; readonly variables: VariableState; readonly model: SavedModel };

/** Calls in a row from the restored variables, and the values that these, or those that they change, then have. */
export async function outcomeOf(
  { runner, variables, model }: Parts,
  calls: readonly Call[],
  nodeIds?: readonly number[],
): Promise<Outcome> {
  const ready = await runner.allReady(calls);
  const generation = await variables.restored();
  const outputs = await runner.runAll(ready, generation);
  const read = nodeIds ? model.variables.filter(({ nodeId }) => nodeIds.includes(nodeId)) : await changed();
  return { outputs, state: await variables.valuesOf(read, generation) };

  async function changed(): Promise<readonly Variable[]> {
    const functions = [...new Set(ready.map(({ concreteFunction }) => concreteFunction))];
    const [assigning, ...others] = functions.filter((one) => variables.mutates(one));
    if (others.length > 0) return variables.differing(generation);
    const one = assigning ?? functions[0];
    return one ? variables.changedBy(one, generation, { putBack: false }) : [];
  }
}
