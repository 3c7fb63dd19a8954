import type { ModelRun } from '../run.js';

/** A model in two runs; one of them may lack it. */
export type Pair = readonly [before: ModelRun | undefined, after: ModelRun | undefined];

/**
 * Which models of two runs are the same: those of one name and spec; else those of one name, where neither run has another
 * left of that name. Each model is in one pair.
 */
export function pairsOf(before: readonly ModelRun[], after: readonly ModelRun[]): readonly Pair[] {
  const left = new Set(after);
  const exact = new Map<ModelRun, ModelRun>();
  for (const model of before) {
    const same = [...left].find(({ name, spec }) => name === model.name && spec === model.spec);
    if (same === undefined) continue;
    exact.set(model, same);
    left.delete(same);
  }
  const moved = before.filter((model) => !exact.has(model));
  const pairs = before.map((model): Pair => {
    const same = exact.get(model) ?? alone(model, moved, [...left]);
    if (same !== undefined) left.delete(same);
    return [model, same];
  });
  return [...pairs, ...[...left].map((model): Pair => [undefined, model])];
}

/** The only model of a name, where only one looks for it. */
function alone(
  { name }: ModelRun,
  seeking: readonly ModelRun[],
  left: readonly ModelRun[],
): ModelRun | undefined {
  const named = left.filter((one) => one.name === name);
  const rivals = seeking.filter((one) => one.name === name);
  return name !== '' && rivals.length === 1 && named.length === 1 ? named[0] : undefined;
}
