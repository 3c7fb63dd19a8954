import { attribute, intConstant, type Node } from '../lowering/nodes.js';

const flat = 'assay/gradient/flat';
const axis = 'assay/gradient/axis';

/** What all reductions share: large models have hundreds. */
export const reducingConstants: readonly Node[] = [intConstant(flat, [-1]), intConstant(axis, [0])];

/** Reduces a tensor of bools of any shape to one: `name` gives it. The graph needs `reducingConstants`. */
export function reduceBools(name: string, op: 'All' | 'Any', input: string): Node[] {
  return [
    {
      name: `${name}/row`,
      op: 'Reshape',
      inputs: [input, flat],
      attributes: { T: attribute.type('bool'), Tshape: attribute.type('int32') },
    },
    { name, op, inputs: [`${name}/row`, axis], attributes: { Tidx: attribute.type('int32') } },
  ];
}

/** One vector of single bools. */
export function packBools(name: string, inputs: readonly string[]): Node {
  const attributes = { N: attribute.int(inputs.length), T: attribute.type('bool'), axis: attribute.int(0) };
  return { name, op: 'Pack', inputs, attributes };
}

/** Whether all values of a floating-point tensor are finite: `name` gives one bool. */
export function allFinite(name: string, input: string, dtype: string): Node[] {
  const each: Node = {
    name: `${name}/each`,
    op: 'IsFinite',
    inputs: [input],
    attributes: { T: attribute.type(dtype) },
  };
  return [each, ...reduceBools(name, 'All', each.name)];
}

/** Whether any value of a floating-point tensor is not 0: `name` gives one bool. */
export function anyNonzero(name: string, input: string, dtype: string): Node[] {
  const attributes = { SrcT: attribute.type(dtype), DstT: attribute.type('bool') };
  const each: Node = { name: `${name}/each`, op: 'Cast', inputs: [input], attributes };
  return [each, ...reduceBools(name, 'Any', each.name)];
}
