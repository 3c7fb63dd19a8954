import type { Variable } from '../../savedmodel/saved-model.js';
import { overAll } from './flat.js';
import { attribute, cast, type Node } from './nodes.js';

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
  const [nowBits, thenBits, dtype] = [`${base}/now-bits`, `${base}/then-bits`, bitsOf(variable.dtype)];
  const values = [bits(nowBits, now, variable.dtype, dtype), bits(thenBits, stored, variable.dtype, dtype)];
  const fixed = variable.shape !== null && !variable.shape.includes(null);
  return [
    read,
    ...values,
    ...anyDiffers(fixed ? base : `${base}/values`, [nowBits, thenBits], dtype),
    ...(fixed ? [] : compareShapes(base, now, stored, variable.dtype)),
  ];
}

/** Whole numbers of the same size as a value; bytes for what is compared as bytes. */
function bitsOf(dtype: string): string {
  const known: Readonly<Record<string, readonly string[]>> = {
    int16: ['float16', 'bfloat16', 'int16', 'uint16'],
    int32: ['float32', 'int32', 'uint32'],
    int64: ['float64', 'int64', 'uint64', 'complex64'],
  };
  return Object.keys(known).find((bits) => known[bits]?.includes(dtype)) ?? 'uint8';
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
  const attributes = { T: attribute.type(dtype), incompatible_shape_error: attribute.bool(false) };
  const differs: Node = { name: `${base}/differs`, op: 'NotEqual', inputs, attributes };
  return [differs, ...overAll(`${base}/any`, 'Any', differs.name)];
}

function bits(name: string, input: string, from: string, to: string): Node {
  if (from === 'bool') return cast(name, input, from, to);
  return {
    name,
    op: 'Bitcast',
    inputs: [input],
    attributes: { T: attribute.type(from), type: attribute.type(to) },
  };
}
