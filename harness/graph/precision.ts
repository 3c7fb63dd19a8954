import type { Attribute, ConcreteFunction, GraphNode, SavedModel } from '../savedmodel/saved-model.js';
import { reachableFunctions } from './reachable.js';

/** Half the gap between 1 and the next number, by dtype. */
const roundings: Readonly<Record<string, number>> = {
  float32: 2 ** -24,
  float16: 2 ** -11,
  bfloat16: 2 ** -8,
};

/**
 * The relative rounding error of the coarsest dtype that a concrete function computes in; float32's where it names none
 * that is coarser. Whole numbers that are only stored in one are not computed in it.
 */
export function coarsestRounding(model: SavedModel, concreteFunction: ConcreteFunction): number {
  const rounding = known.get(concreteFunction) ?? coarsestIn(model, concreteFunction);
  known.set(concreteFunction, rounding);
  return rounding;
}

/** Each case of a property asks for it. */
const known = new WeakMap<ConcreteFunction, number>();

function coarsestIn(model: SavedModel, concreteFunction: ConcreteFunction): number {
  const types = reachableFunctions(model, [concreteFunction]).flatMap(({ nodes }) =>
    nodes.flatMap((node) => (holdsWhole(node) ? [] : [...node.attributes.values()].flatMap(typesIn))),
  );
  return Math.max(2 ** -24, ...new Set(types.map((type) => roundings[type] ?? 0)));
}

function holdsWhole({ op, attributes }: GraphNode): boolean {
  return op === 'Cast' && [...attributes.values()].flatMap(typesIn).some((type) => /^u?int/.test(type));
}

function typesIn(attribute: Attribute): readonly string[] {
  if (attribute.kind === 'type') return [attribute.value];
  return attribute.kind === 'list' ? attribute.items.flatMap(typesIn) : [];
}
