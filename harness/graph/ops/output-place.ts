import type { GraphNode } from '../../savedmodel/saved-model.js';
import { type Argument, argumentsIn } from './arguments.js';
import { factsOf } from './catalogue.js';

/** Where a named output of an operation begins among its tensors; undefined where there is none of that name. */
export function outputPlace(node: GraphNode, output: string): number | undefined {
  const gives = argumentsIn(factsOf(node.op)?.gives ?? '');
  const at = gives.findIndex(({ name }) => name === output);
  if (at < 0) return undefined;
  return gives.slice(0, at).reduce((place, each) => place + tensorsOf(each, node), 0);
}

function tensorsOf({ count, type, isList }: Argument, { attributes }: GraphNode): number {
  const attribute = attributes.get(count ?? type);
  if (count !== undefined) return attribute?.kind === 'int' ? Number(attribute.value) : 1;
  return isList && attribute?.kind === 'list' ? attribute.items.length : 1;
}
