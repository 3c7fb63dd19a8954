import type { Numbering } from './numbering.js';
import { squashOf } from './squash.js';
import { hull, type Value } from './value.js';

/** What a value may be, as branches and columns decide: one that is squashed, one that is not; none where nothing is known yet. */
export type Alternatives = readonly Value[];

/** At most one of each kind. What does not vary counts with the others, or alone. */
export function merged(numbering: Numbering, values: readonly Value[]): Alternatives {
  if (values.length < 2) return values;
  const unique = values.filter((value, at) => values.findIndex(({ id }) => id === value.id) === at);
  const constant = unique.filter(({ varies }) => !varies);
  const squashed = unique.filter((value) => squashOf(value) !== undefined);
  const others = unique.filter((value) => value.varies && squashOf(value) === undefined);
  const groups = [others, squashed].filter((group) => group.length > 0);
  if (groups.length === 0) return [one(numbering, constant)];
  return groups.map((group) => one(numbering, [...group, ...constant]));
}

export function one(numbering: Numbering, values: readonly Value[]): Value {
  const [first] = values;
  return first !== undefined && values.length === 1 ? first : hull(numbering.fresh(), values);
}

/** Each way of taking one alternative of every input; where several inputs have more than one, these are taken together. */
export function combinations(
  numbering: Numbering,
  inputs: readonly Alternatives[],
): readonly (readonly Value[])[] {
  const several = inputs.filter(({ length }) => length > 1);
  const taken =
    several.length > 1 ? inputs.map((each) => (each.length > 1 ? [one(numbering, each)] : each)) : inputs;
  return taken.reduce<readonly (readonly Value[])[]>(
    (all, each) => all.flatMap((before) => each.map((value) => [...before, value])),
    [[]],
  );
}
