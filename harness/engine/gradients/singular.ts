import { attribute, cast, floatConstant, type Node } from '../lowering/nodes.js';
import type { FlatNode } from './inline.js';
import { reduceBools } from './reduce-bools.js';

/** Where the derivative of an operation is infinite or undefined: the values that one of its inputs must not take. */
type Singularity = { readonly input: number; readonly at: readonly number[] };

/**
 * Operations with such points. Source: their gradients in tensorflow/python/ops/math_grad.py, which divide by, or take
 * a root or the logarithm of, what is 0 there.
 */
const singularities: Readonly<Record<string, Singularity>> = {
  Acos: { input: 0, at: [-1, 1] },
  Acosh: { input: 0, at: [1] },
  Asin: { input: 0, at: [-1, 1] },
  Atanh: { input: 0, at: [-1, 1] },
  Div: { input: 1, at: [0] },
  Erfinv: { input: 0, at: [-1, 1] },
  Inv: { input: 0, at: [0] },
  Log: { input: 0, at: [0] },
  Log1p: { input: 0, at: [-1] },
  Ndtri: { input: 0, at: [0, 1] },
  Pow: { input: 0, at: [0] },
  RealDiv: { input: 1, at: [0] },
  Reciprocal: { input: 0, at: [0] },
  Rsqrt: { input: 0, at: [0] },
  Sqrt: { input: 0, at: [0] },
};

/** Whether the derivative of an operation is infinite or undefined somewhere. */
export function isSomewhereSingular(op: string): boolean {
  return pointsOf(op).length > 0;
}

/** An operation that may be taken where its derivative is infinite or undefined. */
export type SingularPoint = {
  readonly op: string;
  /** Its name in the flat graph. */
  readonly name: string;
  readonly at: readonly number[];
  /** Fetch it for one bool: is one value of the input at such a point? */
  readonly fetch: string;
};

/** Nodes that test whether operations are evaluated where their derivative is infinite or undefined. */
export function watchSingular(path: readonly FlatNode[], prefix: string) {
  const nodes: Node[] = [];
  const points: SingularPoint[] = [];
  for (const [index, flat] of path.entries()) {
    const { op, attributes } = flat.node;
    const watched = watch(`${prefix}/${index}`, flat, attributes.get('T'));
    if (watched === undefined) continue;
    nodes.push(...watched);
    points.push({ op, name: flat.name, at: pointsOf(op), fetch: `${prefix}/${index}/any` });
  }
  return { nodes, points };
}

const floats: ReadonlySet<string> = new Set(['float32', 'float64', 'float16', 'bfloat16']);

function watch(
  base: string,
  flat: FlatNode,
  dtype: ReturnType<FlatNode['node']['attributes']['get']>,
): Node[] | undefined {
  const { op } = flat.node;
  if (pointsOf(op).length === 0 || dtype?.kind !== 'type' || !floats.has(dtype.value)) return undefined;
  const T = attribute.type(dtype.value);
  const value =
    op === 'EuclideanNorm' ? `${flat.name}:0` : (flat.inputs[singularities[op]?.input ?? 0] ?? '');
  const there = pointsOf(op).flatMap((point, index) => [
    ...constant(`${base}/point/${index}`, point, dtype.value),
    compare(`${base}/there/${index}`, 'Equal', value, `${base}/point/${index}`, T),
  ]);
  const conditions = pointsOf(op).map((_, index) => `${base}/there/${index}`);
  const either = joined(`${base}/either`, conditions, 'LogicalOr');
  const small = op === 'Pow' ? belowOne(base, flat.inputs[1] ?? '', dtype.value) : [];
  const both = joined(
    `${base}/both`,
    [either.last, ...(small.length > 0 ? [`${base}/below`] : [])],
    'LogicalAnd',
  );
  return [
    ...there,
    ...either.nodes,
    ...small,
    ...both.nodes,
    ...reduceBools(`${base}/any`, 'Any', both.last),
  ];
}

/** The norm of a vector that is 0 divides 0 by 0. */
function pointsOf(op: string): readonly number[] {
  return op === 'EuclideanNorm' ? [0] : (singularities[op]?.at ?? []);
}

/** A power of 0 has an infinite derivative where the exponent is below 1. */
function belowOne(base: string, exponent: string, dtype: string): Node[] {
  return [
    ...constant(`${base}/one`, 1, dtype),
    compare(`${base}/below`, 'Less', exponent, `${base}/one`, attribute.type(dtype)),
  ];
}

function compare(
  name: string,
  op: string,
  left: string,
  right: string,
  T: ReturnType<typeof attribute.type>,
): Node {
  return { name, op, inputs: [left, right], attributes: { T } };
}

function constant(name: string, value: number, dtype: string): Node[] {
  const plain = floatConstant(dtype === 'float32' ? name : `${name}/float32`, value);
  return dtype === 'float32' ? [plain] : [plain, cast(name, plain.name, 'float32', dtype)];
}

function joined(base: string, conditions: readonly string[], op: 'LogicalAnd' | 'LogicalOr') {
  const [first = '', ...others] = conditions;
  const nodes = others.map(
    (right, index): Node => ({
      name: `${base}/${index}`,
      op,
      inputs: [index === 0 ? first : `${base}/${index - 1}`, right],
    }),
  );
  return { nodes, last: nodes.at(-1)?.name ?? first };
}
