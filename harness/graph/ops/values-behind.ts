import { argumentsIn, positionOf } from './arguments.js';
import type { OperationFacts } from './operation-facts.js';

/**
 * Where the inputs stand that give a result its values, place by place or unit by unit; `index` is the result's among
 * those of its output, `count` that of all inputs.
 */
export function valuesBehind(
  { units, of, takes, gives }: OperationFacts,
  index: number,
  count: number,
): readonly number[] {
  const named = of === undefined ? undefined : positionOf(takes, of);
  if (named !== undefined) return [named];
  if (units === 'keeps') return [0];
  if (units === 'same' && argumentsIn(gives)[0]?.isList) return [index];
  return Array.from({ length: count }, (_, position) => position);
}
