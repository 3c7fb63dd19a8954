import type { Attribute, GraphNode } from '../../savedmodel/saved-model.js';

/**
 * The error with which an operation's gradient function refuses some attributes or shapes; undefined where it computes, or
 * the files do not show it. Source: tensorflow/python/ops/linalg_grad.py.
 */
export function refusalOf(node: GraphNode): string | undefined {
  return refusing[node.op]?.(node);
}

const refusing: Readonly<Record<string, (node: GraphNode) => string | undefined>> = {
  MatrixSolveLs: ({ attributes }) =>
    isFalse(attributes.get('fast')) ? 'ValueError: Gradient not defined for fast=False' : undefined,
  Qr: (node) =>
    sidesOf(node, 1)?.includes(null)
      ? 'NotImplementedError: QrGrad not implemented with dynamic shapes'
      : undefined,
  Svd: (node) => {
    const [m, n] = [sidesOf(node, 1)?.[0], sidesOf(node, 2)?.[0]];
    if (isFalse(node.attributes.get('compute_uv'))) return undefined;
    if (m === null || n === null)
      return 'NotImplementedError: SVD gradient has not been implemented for input with unknown inner matrix shape';
    if (m === undefined || n === undefined || isFalse(node.attributes.get('full_matrices'))) return undefined;
    return Math.abs(m - n) > 1
      ? 'NotImplementedError: svd gradient is not implemented for abs(m - n) > 1 when full_matrices is True'
      : undefined;
  },
};

function isFalse(attribute: Attribute | undefined): boolean {
  return attribute?.kind === 'bool' && !attribute.value;
}

/** The last two sizes of an output as TensorFlow recorded them, null where one was unknown; undefined where it did not. */
function sidesOf({ attributes }: GraphNode, output: number): readonly (number | null)[] | undefined {
  const shapes = attributes.get('_output_shapes');
  const shape = shapes?.kind === 'list' ? shapes.items[output] : undefined;
  return shape?.kind === 'shape' ? (shape.value?.slice(-2) ?? [null, null]) : undefined;
}
