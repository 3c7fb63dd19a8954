import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { NodeDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { attribute } from '../lowering/nodes.js';
import { handleOf } from '../lowering/variables.js';
import { differentiable } from './differentiable.js';
import { type FlatNode, type Inlined, inlineCalls } from './inline.js';
import { madeNode } from './made-node.js';

/** Variables to differentiate with respect to, each with the node that reads it for all. */
export type Reads = ReadonlyMap<Variable, string>;

/**
 * A concrete function written out flat, in which each of these variables is read in one place.
 * @throws CannotInline
 */
export function flatCall(
  model: SavedModel,
  functionName: string,
  fed: readonly string[],
  { prefix, reads }: { readonly prefix: string; readonly reads: Reads },
): Inlined {
  const read = new Map([...reads].map(([variable, name]) => [handleOf(variable), { variable, name }]));
  const copy = `${prefix}/detached`;
  const detached = (reference: string) =>
    reference.startsWith(`${prefix}/`) ? `${copy}${reference.slice(prefix.length)}` : reference;
  const { nodes, outputs } = differentiable(inlineCalls(model, functionName, fed, prefix), detached);
  const taken = nodes.some(({ inputs }) => inputs.some((input) => input.startsWith(`${copy}/`)));
  const copied = taken ? inlineCalls(model, functionName, fed, copy).nodes : [];
  return { outputs, nodes: [...nodes.map((flat) => fromRead(flat, read)), ...copied] };
}

type Read = { readonly variable: Variable; readonly name: string };

/** Reads of a variable become identities of its single read. */
function fromRead(flat: FlatNode, read: ReadonlyMap<string, Read>): FlatNode {
  const [handle = ''] = flat.inputs;
  const source = flat.node.op === 'ReadVariableOp' ? read.get(handle) : undefined;
  if (source === undefined) return flat;
  const node = madeNode('Identity', { T: attribute.type(source.variable.dtype) });
  return { ...flat, node, inputs: [source.name] };
}

/** The NodeDef of an operation of a flat graph. What TensorFlow noted for its own use names operations of the original. */
export function encodeFlat({ node, name, inputs }: FlatNode): Uint8Array {
  const message = fromBinary(NodeDefSchema, node.bytes);
  const attr = Object.fromEntries(Object.entries(message.attr).filter(([key]) => !key.startsWith('_')));
  return toBinary(NodeDefSchema, { ...message, name, input: [...inputs], device: '', attr });
}
