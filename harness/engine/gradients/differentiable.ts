import { factsOf } from '../../graph/ops/catalogue.js';
import type { Attribute } from '../../savedmodel/saved-model.js';
import { attribute } from '../lowering/nodes.js';
import { paddedBefore } from './explicit-padding.js';
import type { FlatNode, Inlined } from './inline.js';
import { madeNode } from './made-node.js';

/** For a value of the graph, the same value from a copy through which no gradient flows. */
export type Detached = (reference: string) => string;

/** A flat graph that TensorFlow's C library can differentiate, but for what lies behind its cuts. */
export type Differentiable = Inlined & {
  /** Operations that the gradient does not pass, with the inputs that they have in the model. */
  readonly cuts: readonly FlatNode[];
};

/**
 * A flat graph in which operations that only Python can differentiate are replaced by others of the same values:
 * IdentityN is removed, Erfc becomes 1 − Erf, paddings of convolutions stand alone, and operations without a gradient take their inputs from a copy, since
 * TensorFlow's C library raises an error for most of them. So do operations of the types in `cut`.
 */
export function differentiable(
  { nodes, outputs }: Inlined,
  detached: Detached,
  cut: ReadonlySet<string>,
): Differentiable {
  const passed = new Map(nodes.flatMap(passedOn));
  const through = (reference: string): string => {
    const source = passed.get(reference);
    return source === undefined ? reference : through(source);
  };
  const joined = nodes.map((flat) => ({ ...flat, inputs: flat.inputs.map(through) }));
  return {
    nodes: joined.flatMap((flat) => replaced(flat, detached, cut)),
    outputs: outputs.map(through),
    cuts: joined.filter(({ node }) => isCut(node.op, cut)),
  };
}

/** The library leads no gradient through lists of tensors, nor through operations that call functions. */
function isCut(op: string, cut: ReadonlySet<string>): boolean {
  return cut.has(op) || /^(Stateless)?(While|If|Case)$|^TensorList/.test(op);
}

/** What each output of an IdentityN is. */
function passedOn({ node, name, inputs }: FlatNode): [string, string][] {
  if (node.op !== 'IdentityN') return [];
  return inputs.flatMap((input, at): [string, string][] =>
    input.startsWith('^') ? [] : [[`${name}:${at}`, input]],
  );
}

function replaced(flat: FlatNode, detached: Detached, cut: ReadonlySet<string>): FlatNode[] {
  const { op, attributes } = flat.node;
  const dtype = attributes.get('T');
  if (op === 'Erfc' && dtype?.kind === 'type') return complement(flat, dtype, detached);
  const noGradient = factsOf(op)?.gradient === 'none' && op !== 'StopGradient';
  if (noGradient || isCut(op, cut)) return [{ ...flat, inputs: flat.inputs.map(detached) }];
  return paddedBefore(flat) ?? [flat];
}

type DType = Extract<Attribute, { kind: 'type' }>;

function complement({ name, inputs }: FlatNode, { value }: DType, detached: Detached): FlatNode[] {
  const T = attribute.type(value);
  return [
    { node: madeNode('OnesLike', { T }), name: `${name}/one`, inputs: inputs.map(detached) },
    { node: madeNode('Erf', { T }), name: `${name}/erf`, inputs },
    { node: madeNode('Sub', { T }), name, inputs: [`${name}/one`, `${name}/erf`] },
  ];
}
