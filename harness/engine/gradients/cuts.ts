import { carriesGradient, isDifferentiable } from '../../graph/gradients/differentiable.js';
import { type Argument, argumentsIn, inputAt } from '../../graph/ops/arguments.js';
import { factsOf } from '../../graph/ops/catalogue.js';
import type { GraphNode, Variable } from '../../savedmodel/saved-model.js';
import type { Differentiable } from './differentiable.js';
import type { Reads } from './flat-call.js';
import { gradientPath } from './flat-paths.js';
import type { FlatNode } from './inline.js';

/** A tensor of a flat graph, with a dtype that has gradients. */
export type FlatTensor = { readonly reference: string; readonly dtype: string };

/** An operation between a variable and the output that TensorFlow's C library cannot differentiate. */
export type Cut = {
  readonly flat: FlatNode;
  /** What a gradient would go on to from it: each is differentiated in its own right. */
  readonly inputs: readonly FlatTensor[];
  /** Where the gradient of the output ends. */
  readonly outputs: readonly FlatTensor[];
};

/** The cuts on the way from an output to a variable, and the variables that lie behind one. */
export function cutsOf({ nodes, cuts }: Differentiable, output: string, reads: Reads) {
  const original = new Map(cuts.map((flat) => [flat.name, flat]));
  const uncut = nodes.map((flat) => original.get(flat.name) ?? flat);
  const path = new Set(gradientPath(uncut, [output], reads).operations);
  const onPath = cuts.filter((flat) => path.has(flat));
  const custom = nodes.filter(({ node }) => node.attributes.has('_gradient_op_type'));
  const ends = [...onPath, ...custom].map(({ name }) => name);
  return { cuts: onPath.map(cutAt), behind: new Set<Variable>(gradientPath(uncut, ends, reads).variables) };
}

export function cutAt(flat: FlatNode): Cut {
  const { node, name, inputs } = flat;
  const values = inputs.filter((input) => !input.startsWith('^'));
  return {
    flat,
    inputs: values.flatMap((reference, at) => {
      const dtype = carriesGradient(node, at) ? inputDtype(node, at, values.length) : undefined;
      return dtype === undefined ? [] : [{ reference, dtype }];
    }),
    outputs: outputDtypes(node).flatMap((dtype, at) =>
      isNumber(dtype) ? [{ reference: `${name}:${at}`, dtype }] : [],
    ),
  };
}

function inputDtype(node: GraphNode, at: number, count: number): string | undefined {
  const takes = factsOf(node.op)?.takes ?? '';
  const argument = inputAt(takes, at, count);
  if (argument === undefined) return undefined;
  const first = argumentsIn(takes).findIndex(({ name }) => name === argument.name);
  const types = dtypesOf(argument, node);
  const dtype = types.length > 1 ? types[at - first] : types[0];
  return dtype !== undefined && isNumber(dtype) ? dtype : undefined;
}

function outputDtypes(node: GraphNode): readonly string[] {
  return argumentsIn(factsOf(node.op)?.gives ?? '').flatMap((argument) => dtypesOf(argument, node));
}

/** One dtype per tensor; of inputs of one type, that type. */
function dtypesOf({ type, byDefault, count }: Argument, { attributes }: GraphNode): readonly string[] {
  const attribute = attributes.get(type);
  const types = attribute?.kind === 'list' ? attribute.items : [attribute];
  const dtypes = types.map((each) => (each?.kind === 'type' ? each.value : (byDefault ?? type)));
  const times = count === undefined ? undefined : attributes.get(count);
  const [dtype = ''] = dtypes;
  return times?.kind === 'int' ? Array.from({ length: Number(times.value) }, () => dtype) : dtypes;
}

function isNumber(dtype: string): boolean {
  return isDifferentiable(dtype) && dtype !== 'resource' && dtype !== 'variant';
}
