import type { Variable } from '../savedmodel/saved-model.js';
import type { PreparedCall } from './call-preparation.js';
import type { CallRunner } from './call-runner.js';
import type { Call, SequenceChanges } from './subject.js';
import type { VariableState } from './variable-state.js';

type Parts = { readonly runner: CallRunner; readonly variables: VariableState };

/** Variables that differ from the restored ones, and the values of those that are floating-point numbers. */
type Held = {
  readonly changed: readonly Variable[];
  readonly values: ReadonlyMap<number, Float32Array>;
};

/** Both series of calls in a row from the restored variables. What no reachable operation can change is not compared. */
export async function changesOver(
  { runner, variables }: Parts,
  first: readonly Call[],
  then: readonly Call[],
): Promise<SequenceChanges> {
  const ready = [await runner.allReady(first), await runner.allReady(then)] as const;
  const [firstMutates, thenMutates] = ready.map((calls) => mutates(calls, variables));
  const generation = await variables.restored();
  const outputs = await runner.runAll(ready[0], generation);
  const byFirst = firstMutates ? await variables.differing(generation) : [];
  const before = { changed: byFirst, values: await valuesIf(thenMutates, byFirst) };
  outputs.push(...(await runner.runAll(ready[1], generation)));
  if (!thenMutates) return { outputs, byFirst, byThen: [] };
  const changed = await variables.differing(generation);
  const after = { changed, values: await variables.valuesOf(changed, generation) };
  return { outputs, byFirst, byThen: changesBetween(before, after) };

  async function valuesIf(wanted: boolean | undefined, of: readonly Variable[]): Promise<Held['values']> {
    return wanted ? variables.valuesOf(of, generation) : new Map();
  }
}

function mutates(calls: readonly PreparedCall[], variables: VariableState): boolean {
  return calls.some(({ concreteFunction }) => variables.mutates(concreteFunction));
}

function changesBetween(before: Held, after: Held): Variable[] {
  return [...new Set([...before.changed, ...after.changed])].filter(
    (variable) =>
      before.changed.includes(variable) !== after.changed.includes(variable) ||
      !sameValues(before.values.get(variable.nodeId), after.values.get(variable.nodeId)),
  );
}

function sameValues(
  one: Float32Array = new Float32Array(),
  other: Float32Array = new Float32Array(),
): boolean {
  return one.length === other.length && one.every((value, at) => Object.is(value, other[at]));
}
