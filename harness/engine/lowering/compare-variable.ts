import type { Variable } from '../../savedmodel/saved-model.js';
import { attribute, cast, intConstant, type Node } from './nodes.js';

/** Says whether one variable differs from the checkpoint. */
export function comparisonOf(variable: Variable): string {
  return `assay/compare/${variable.nodeId}/any`;
}

/** NaN differs from itself, so the bits are compared and not the numbers. */
export function compareVariable(variable: Variable, handle: string, stored: string): Node[] {
  const base = `assay/compare/${variable.nodeId}`;
  const now = `${base}/now`;
  const read: Node = {
    name: now,
    op: 'ReadVariableOp',
    inputs: [handle],
    attributes: { dtype: attribute.type(variable.dtype) },
  };
  const values = [
    bits(`${base}/now-bits`, now, variable.dtype),
    bits(`${base}/then-bits`, stored, variable.dtype),
  ];
  const fixed = variable.shape !== null && !variable.shape.includes(null);
  const differing = anyDiffers(
    fixed ? base : `${base}/values`,
    [`${base}/now-bits`, `${base}/then-bits`],
    'uint8',
  );
  return [read, ...values, ...differing, ...(fixed ? [] : compareShapes(base, now, stored, variable.dtype))];
}

/** A variable without a fixed shape may be assigned a value of another one. */
function compareShapes(base: string, now: string, then: string, dtype: string): Node[] {
  const shape = (name: string, input: string): Node => ({
    name,
    op: 'Shape',
    inputs: [input],
    attributes: { T: attribute.type(dtype), out_type: attribute.type('int32') },
  });
  const [nowShape, thenShape] = [`${base}/now-shape`, `${base}/then-shape`];
  return [
    shape(nowShape, now),
    shape(thenShape, then),
    ...anyDiffers(`${base}/shapes`, [nowShape, thenShape], 'int32'),
    { name: `${base}/any`, op: 'LogicalOr', inputs: [`${base}/values/any`, `${base}/shapes/any`] },
  ];
}

/** `base/any`: whether two tensors differ somewhere, which tensors of incompatible shapes do. */
function anyDiffers(base: string, inputs: readonly [string, string], dtype: string): Node[] {
  return [
    {
      name: `${base}/differs`,
      op: 'NotEqual',
      inputs,
      attributes: { T: attribute.type(dtype), incompatible_shape_error: attribute.bool(false) },
    },
    {
      name: `${base}/rank`,
      op: 'Rank',
      inputs: [`${base}/differs`],
      attributes: { T: attribute.type('bool') },
    },
    intConstant(`${base}/zero`, 0),
    intConstant(`${base}/one`, 1),
    {
      name: `${base}/axes`,
      op: 'Range',
      inputs: [`${base}/zero`, `${base}/rank`, `${base}/one`],
      attributes: { Tidx: attribute.type('int32') },
    },
    {
      name: `${base}/any`,
      op: 'Any',
      inputs: [`${base}/differs`, `${base}/axes`],
      attributes: { Tidx: attribute.type('int32') },
    },
  ];
}

function bits(name: string, input: string, dtype: string): Node {
  if (dtype === 'bool') return cast(name, input, 'bool', 'uint8');
  return {
    name,
    op: 'Bitcast',
    inputs: [input],
    attributes: { T: attribute.type(dtype), type: attribute.type('uint8') },
  };
}
