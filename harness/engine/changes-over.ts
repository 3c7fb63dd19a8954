import type { Variable } from '../savedmodel/saved-model.js';
import type { PreparedCall } from './call-preparation.js';
import type { CallRunner } from './call-runner.js';
import type { Call, Perturbation, SequenceChanges, Tensor } from './subject.js';
import type { VariableState } from './variable-state.js';

type Parts = { readonly runner: CallRunner; readonly variables: VariableState };

/** Variables that differ from the restored ones, and the values of those that are floating-point numbers and may change. */
type Held = {
  readonly changed: readonly Variable[];
  readonly values: ReadonlyMap<number, Float32Array>;
};

/**
 * Both series of calls in a row, from the restored variables or from these perturbed. What no reachable operation can change
 * is not compared.
 */
export async function changesOver(
  { runner, variables }: Parts,
  first: readonly Call[],
  then: readonly Call[],
  perturbation: Perturbation = new Map(),
): Promise<SequenceChanges> {
  const ready = [await runner.allReady(first), await runner.allReady(then)] as const;
  const changeable = variables.changeableBy(
    new Set(ready.flat().map(({ concreteFunction }) => concreteFunction)),
  );
  const generation = await variables.setTo(perturbation);
  // `mayDiffer`: otherwise all is as restored.
  const heldNow = async (mayDiffer: boolean): Promise<Held> => {
    const changed = mayDiffer ? await variables.differing(generation) : [];
    const values = await variables.valuesOf(
      changed.filter((one) => changeable.has(one)),
      generation,
    );
    return { changed, values };
  };
  let held = await heldNow(perturbation.size > 0);
  const outputs: Tensor[] = [];
  const changesBy = async (calls: readonly PreparedCall[]) => {
    outputs.push(...(await runner.runAll(calls, generation)));
    if (!mutates(calls, variables)) return [];
    const before = held;
    held = await heldNow(true);
    return changesBetween(before, held);
  };
  const byFirst = await changesBy(ready[0]);
  return { outputs, byFirst, byThen: await changesBy(ready[1]) };
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
