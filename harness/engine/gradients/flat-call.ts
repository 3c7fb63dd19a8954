import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { NodeDefSchema } from '../../savedmodel/gen/graph_pb.js';
import { graphNodeOf } from '../../savedmodel/reading/library.js';
import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { attribute, encodeNode, intConstant } from '../lowering/nodes.js';
import { handleOf } from '../lowering/variables.js';
import { type Differentiable, differentiable } from './differentiable.js';
import { type FlatNode, inlineCalls } from './inline.js';
import { madeNode } from './made-node.js';

/** Variables to differentiate with respect to, each with the node that reads it for all. */
export type Reads = ReadonlyMap<Variable, string>;

export type FlatCallOptions = {
  readonly prefix: string;
  readonly reads: Reads;
  /** Types of operations that the gradient does not pass. */
  readonly cut: ReadonlySet<string>;
};

/**
 * A concrete function written out flat, in which each of these variables is read in one place.
 * @throws CannotInline
 */
export function flatCall(
  model: SavedModel,
  functionName: string,
  fed: readonly string[],
  { prefix, reads, cut }: FlatCallOptions,
): Differentiable {
  const read = new Map([...reads].map(([variable, name]) => [handleOf(variable), { variable, name }]));
  const copy = `${prefix}/detached`;
  const detached = (reference: string) =>
    reference.startsWith(`${prefix}/`) ? `${copy}${reference.slice(prefix.length)}` : reference;
  const { nodes, outputs, cuts } = differentiable(
    inlineCalls(model, functionName, fed, prefix),
    detached,
    cut,
  );
  const taken = nodes.some(({ inputs }) => inputs.some((input) => input.startsWith(`${copy}/`)));
  const copied = taken ? inlineCalls(model, functionName, fed, copy).nodes : [];
  return { outputs, cuts, nodes: [...nodes.flatMap((flat) => fromRead(flat, read)), ...copied] };
}

type Read = { readonly variable: Variable; readonly name: string };

/** Reads of a variable become identities of its single read, or take their rows from it. */
function fromRead(flat: FlatNode, read: ReadonlyMap<string, Read>): FlatNode[] {
  const [handle = '', ...others] = flat.inputs;
  const source = read.get(handle);
  const dtype = attribute.type(source?.variable.dtype ?? 'float32');
  if (source === undefined) return [flat];
  if (flat.node.op === 'ReadVariableOp')
    return [{ ...flat, node: madeNode('Identity', { T: dtype }), inputs: [source.name] }];
  return flat.node.op === 'ResourceGather' ? gathered(flat, [source.name, ...others], dtype) : [flat];
}

function gathered(
  flat: FlatNode,
  inputs: readonly string[],
  Tparams: ReturnType<typeof attribute.type>,
): FlatNode[] {
  const indices = flat.node.attributes.get('Tindices');
  const batchDims = flat.node.attributes.get('batch_dims');
  if (indices?.kind !== 'type' || (batchDims?.kind === 'int' && batchDims.value !== 0n)) return [flat];
  const axis = `${flat.name}/axis`;
  const node = madeNode('GatherV2', {
    Tparams,
    Tindices: attribute.type(indices.value),
    Taxis: attribute.type('int32'),
    batch_dims: attribute.int(0),
  });
  const [params = '', at = '', ...controls] = inputs;
  return [
    { node: graphNodeOf(encodeNode(intConstant('axis', 0))), name: axis, inputs: [] },
    { ...flat, node, inputs: [params, at, axis, ...controls] },
  ];
}

/** The NodeDef of an operation of a flat graph. What TensorFlow noted for its own use names operations of the original. */
export function encodeFlat({ node, name, inputs }: FlatNode): Uint8Array {
  const message = fromBinary(NodeDefSchema, node.bytes);
  const attr = Object.fromEntries(Object.entries(message.attr).filter(([key]) => !key.startsWith('_')));
  return toBinary(NodeDefSchema, { ...message, name, input: [...inputs], device: '', attr });
}
