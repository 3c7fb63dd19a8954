import type { ArgumentTensor } from '../../savedmodel/call/argument-value.js';
import { tensorShape, tensorValue } from '../../savedmodel/call/tensor-value.js';
import type { GraphNode, SavedModel, Shape } from '../../savedmodel/saved-model.js';
import type { Flow } from './flow.js';
import { folding } from './folding.js';
import type { SymbolicTensor } from './symbolic-tensor.js';

type Constants = Pick<SavedModel, 'resources' | 'graphNodes'>;

/** Operations between constants and the axes or sizes that are computed of them, at most. */
const maxSteps = 5;

/**
 * The numbers of a constant, or of what is computed of constants as axes and permutations are: joined, counted, added.
 * Undefined for what is computed otherwise or given.
 */
export function constantNumbers(
  flow: Flow,
  tensor: SymbolicTensor,
  model: Constants,
  steps = maxSteps,
): readonly number[] | undefined {
  const [origin, ...others] = flow.originsOf(tensor);
  if (origin === undefined || others.length > 0) return undefined;
  if (origin.kind === 'capture') return valuesOf(capturedConstant(origin.nodeId, model));
  if (origin.kind !== 'result') return undefined;
  const { operation } = origin;
  const fold = folding[operation.node.op];
  if (fold === undefined || steps === 0) return valuesOf(operation.node);
  const inputs = flow.inputsOf(operation).map((input) => constantNumbers(flow, input, model, steps - 1));
  const known = inputs.filter((input) => input !== undefined);
  return known.length === inputs.length ? fold(known) : undefined;
}

function valuesOf(node: GraphNode | undefined): readonly number[] | undefined {
  return node && numbersOf(node)?.values;
}

/** A constant of the main graph that a function captures; undefined for other captured objects. */
export function capturedConstant(
  nodeId: number,
  { resources, graphNodes }: Constants,
): GraphNode | undefined {
  const resource = resources.get(nodeId);
  return resource?.kind === 'constant' ? graphNodes.get(resource.graphNode) : undefined;
}

/** The numbers of a Const with their shape; undefined for other operations, and for texts. */
export function numbersOf(
  node: GraphNode,
): { readonly shape: readonly number[]; readonly values: readonly number[] } | undefined {
  const input = constantValue(node)?.input;
  if (input?.kind !== 'value') return undefined;
  const values = input.values.filter((each) => typeof each === 'number');
  return values.length === input.values.length ? { shape: input.shape, values } : undefined;
}

/** The shape of a Const; undefined for other operations. */
export function constantShape({ op, attributes }: GraphNode): Shape | undefined {
  const value = op === 'Const' ? attributes.get('value') : undefined;
  return value?.kind === 'tensor' ? tensorShape(value.bytes) : undefined;
}

function constantValue({ op, attributes }: GraphNode): ArgumentTensor | undefined {
  const value = op === 'Const' ? attributes.get('value') : undefined;
  return value?.kind === 'tensor' ? tensorValue(value.bytes) : undefined;
}
