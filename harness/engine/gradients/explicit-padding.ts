import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { NodeDefSchema } from '../../savedmodel/gen/graph_pb.js';
import { graphNodeOf } from '../../savedmodel/reading/library.js';
import type { GraphNode } from '../../savedmodel/saved-model.js';
import { attribute } from '../lowering/nodes.js';
import type { FlatNode } from './inline.js';
import { madeNode } from './made-node.js';

/**
 * A convolution with paddings of its own as one without, of what was padded before: TensorFlow's C library loses the
 * paddings in the gradient. Undefined for others, and where it is dilated, for which the CPU has no gradient.
 */
export function paddedBefore(flat: FlatNode): FlatNode[] | undefined {
  const { node, name, inputs } = flat;
  const [first = '', ...others] = inputs;
  const { T, padding, explicit_paddings: paddings, dilations } = Object.fromEntries(node.attributes);
  const isExplicit = padding?.kind === 'string' && padding.value === 'EXPLICIT';
  const isConvolution = /^(Conv2D|DepthwiseConv2dNative)$/.test(node.op);
  if (!isConvolution || !isExplicit || T?.kind !== 'type' || integersIn(dilations).some((one) => one !== 1))
    return undefined;
  const types = { T: attribute.type(T.value), Tpaddings: attribute.type('int32') };
  const value = attribute.ints(integersIn(paddings), [4, 2]);
  return [
    { node: madeNode('Const', { dtype: types.Tpaddings, value }), name: `${name}/paddings`, inputs: [] },
    { node: madeNode('Pad', types), name: `${name}/padded`, inputs: [first, `${name}/paddings`] },
    { node: withoutPadding(node), name, inputs: [`${name}/padded`, ...others] },
  ];
}

function withoutPadding({ bytes }: GraphNode): GraphNode {
  const { attr, ...message } = fromBinary(NodeDefSchema, bytes);
  const changed = { padding: attribute.string('VALID'), explicit_paddings: attribute.integers([]) };
  return graphNodeOf(
    toBinary(NodeDefSchema, create(NodeDefSchema, { ...message, attr: { ...attr, ...changed } })),
  );
}

function integersIn(list: ReturnType<GraphNode['attributes']['get']>): readonly number[] {
  return list?.kind === 'list'
    ? list.items.flatMap((each) => (each.kind === 'int' ? Number(each.value) : []))
    : [];
}
