import type { GraphNode, SavedModel } from '../saved-model.js';
import { tensorValue } from '../tensor-value.js';
import type { Flow } from './flow.js';
import type { Tensor } from './tensor.js';

type Constants = Pick<SavedModel, 'resources' | 'graphNodes'>;

/** The numbers of a constant: axes, permutations, sizes. Undefined for what is computed or given. */
export function constantNumbers(
  flow: Flow,
  tensor: Tensor | undefined,
  model: Constants,
): readonly number[] | undefined {
  if (tensor === undefined) return undefined;
  const [origin, ...others] = flow.originsOf(tensor);
  if (origin === undefined || others.length > 0) return undefined;
  if (origin.kind === 'capture') return numbersOf(captured(origin.nodeId, model));
  return origin.kind === 'result' ? numbersOf(origin.operation.node) : undefined;
}

function captured(nodeId: number, { resources, graphNodes }: Constants): GraphNode | undefined {
  const resource = resources.get(nodeId);
  return resource?.kind === 'constant' ? graphNodes.get(resource.graphNode) : undefined;
}

function numbersOf(node: GraphNode | undefined): readonly number[] | undefined {
  const value = node?.op === 'Const' ? node.attributes.get('value') : undefined;
  const input = value?.kind === 'tensor' ? tensorValue(value.bytes)?.input : undefined;
  const values = input?.kind === 'value' ? input.values : undefined;
  const numbers = values?.filter((each) => typeof each === 'number');
  return numbers?.length === values?.length ? numbers : undefined;
}
