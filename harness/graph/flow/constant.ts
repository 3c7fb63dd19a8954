import type { ArgumentTensor } from '../../savedmodel/call/argument-value.js';
import { tensorShape, tensorValue } from '../../savedmodel/call/tensor-value.js';
import type { GraphNode, SavedModel, Shape } from '../../savedmodel/saved-model.js';
import type { Flow } from './flow.js';
import type { Operation, SymbolicTensor } from './symbolic-tensor.js';

type Constants = Pick<SavedModel, 'resources' | 'graphNodes'>;

/** The numbers of a constant, or of constants joined: axes, permutations, sizes. Undefined for what is computed or given. */
export function constantNumbers(
  flow: Flow,
  tensor: SymbolicTensor,
  model: Constants,
): readonly number[] | undefined {
  const [origin, ...others] = flow.originsOf(tensor);
  if (origin?.kind === 'result' && others.length === 0 && origin.operation.node.op === 'ConcatV2')
    return joinedNumbers(flow, origin.operation, model);
  return valuesOf(nodeBehind(flow, tensor, model));
}

/** Of vectors. */
function joinedNumbers(flow: Flow, operation: Operation, model: Constants): readonly number[] | undefined {
  const pieces = flow.inputsOf(operation).slice(0, -1);
  const known = pieces.flatMap((piece) => {
    const node = nodeBehind(flow, piece, model);
    const numbers = node && constantShape(node)?.length === 1 ? valuesOf(node) : undefined;
    return numbers ? [numbers] : [];
  });
  return known.length === pieces.length ? known.flat() : undefined;
}

function nodeBehind(flow: Flow, tensor: SymbolicTensor, model: Constants): GraphNode | undefined {
  const [origin, ...others] = flow.originsOf(tensor);
  if (origin === undefined || others.length > 0) return undefined;
  if (origin.kind === 'capture') return capturedConstant(origin.nodeId, model);
  return origin.kind === 'result' ? origin.operation.node : undefined;
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
