import type { GraphNode } from '../../savedmodel/saved-model.js';
import { type Argument, argumentsIn, inputAt } from '../ops/arguments.js';
import { factsOf } from '../ops/catalogue.js';

/** Whether an output of an operation gets a gradient at all. */
export function takesGradient(op: string, output: string): boolean {
  const { gradient, from } = factsOf(op) ?? {};
  return typeof gradient === 'object' && gradient.length > 0 && (from?.includes(output) ?? true);
}

/** Whether the input at a position gets a gradient from an operation that has one. */
export function carriesGradient(node: GraphNode, position: number): boolean {
  const { takes = '', gradient } = factsOf(node.op) ?? {};
  const input = inputAt(takes, position, countOf(node));
  return input === undefined || (typeof gradient === 'object' && gradient.includes(input.name));
}

/**
 * Whether TensorFlow raises an error when a gradient is to go through an operation: it knows of none, or of one that
 * refuses. No variable gets a gradient then, those before and after and beside it included.
 */
export function raisesForGradient(node: GraphNode): boolean {
  const facts = factsOf(node.op);
  if (facts === undefined || (facts.gradient !== undefined && facts.gradient !== 'refuses')) return false;
  return argumentsIn(facts.gives).some((output) => isFloat(output, node));
}

/** Whether the input at a position is of a dtype that TensorFlow sends gradients through. */
export function mayCarryGradient(node: GraphNode, position: number): boolean {
  const input = inputAt(factsOf(node.op)?.takes ?? '', position, countOf(node));
  return input === undefined || isFloat(input, node);
}

/** Whether TensorFlow sends gradients through values of a dtype. */
export function isDifferentiable(dtype: string): boolean {
  return /^(b?float|complex|resource|variant)/.test(dtype);
}

function isFloat({ type, byDefault }: Argument, { attributes }: GraphNode): boolean {
  const attribute = attributes.get(type);
  if (attribute === undefined) return isDifferentiable(byDefault ?? type);
  const types = attribute.kind === 'list' ? attribute.items : [attribute];
  return types.some((each) => each.kind === 'type' && isDifferentiable(each.value));
}

function countOf({ inputs }: GraphNode): number {
  return inputs.filter((input) => !input.startsWith('^')).length;
}
