import type { Variable } from '../../savedmodel/saved-model.js';
import { attribute, cast, floatConstant, identity, intConstant, type Node } from './nodes.js';
import { handleOf, type LoweredVariables } from './variables.js';

/** Nodes that read the values of variables, and that perturb them. */
export type LoweredPerturbations = {
  readonly nodes: readonly Node[];
  /** Variables whose values are floating-point numbers and can be restored. */
  readonly floating: readonly Variable[];
  /** Fetch it for one bool per variable of `floating`: are all its values finite? Undefined when there is none. */
  readonly finite?: string;
};

const floats: ReadonlySet<string> = new Set(['float32', 'float64', 'float16', 'bfloat16']);

/** Fetch it for a variable's values as float32. */
export function valueNode(variable: Variable): string {
  return `assay/value/${variable.nodeId}`;
}

/** By how much each variable of `floating` is perturbed: feed one number for each, 0 for "as restored". */
export const perturbationScales = 'assay/perturb/scales';

/** Fetch it, with `perturbationScales` fed, to set every floating-point variable to its restored value, perturbed or not. */
export const perturbed = 'assay/perturbed';

/** Reads each floating-point variable, and perturbs it. */
export function lowerPerturbations({
  restored,
  stored,
}: Pick<LoweredVariables, 'restored' | 'stored'>): LoweredPerturbations {
  const floating = restored.filter(({ dtype }) => floats.has(dtype));
  if (floating.length === 0) return { nodes: [], floating };
  const nodes = floating.flatMap((variable, place) => [
    ...read(variable),
    ...finite(variable),
    ...perturb(variable, stored.get(variable) ?? '', `assay/perturb/scale:${place}`),
  ]);
  const all: Node = {
    name: 'assay/finite',
    op: 'Pack',
    inputs: floating.map((variable) => `assay/finite/${variable.nodeId}`),
    attributes: { N: attribute.int(floating.length), T: attribute.type('bool'), axis: attribute.int(0) },
  };
  const done = identity(
    perturbed,
    'assay/ready',
    'int32',
    floating.map(({ nodeId }) => `assay/perturb/${nodeId}/assign`),
  );
  return { nodes: [...scales(floating.length), ...nodes, all, done], floating, finite: all.name };
}

function scales(count: number): Node[] {
  const T = attribute.type('float32');
  return [
    {
      name: perturbationScales,
      op: 'Placeholder',
      attributes: { dtype: T, shape: attribute.shape([count]) },
    },
    {
      name: 'assay/perturb/scale',
      op: 'Unpack',
      inputs: [perturbationScales],
      attributes: { T, num: attribute.int(count), axis: attribute.int(0) },
    },
  ];
}

function read(variable: Variable): Node[] {
  const raw: Node = {
    name: `${valueNode(variable)}/raw`,
    op: 'ReadVariableOp',
    inputs: [handleOf(variable)],
    attributes: { dtype: attribute.type(variable.dtype) },
  };
  return [raw, cast(valueNode(variable), raw.name, variable.dtype, 'float32')];
}

function finite(variable: Variable): Node[] {
  const base = `assay/finite/${variable.nodeId}`;
  const bool = attribute.type('bool');
  return [
    {
      name: `${base}/each`,
      op: 'IsFinite',
      inputs: [valueNode(variable)],
      attributes: { T: attribute.type('float32') },
    },
    intConstant(`${base}/flat`, [-1]),
    { name: `${base}/row`, op: 'Reshape', inputs: [`${base}/each`, `${base}/flat`], attributes: { T: bool } },
    intConstant(`${base}/axis`, [0]),
    {
      name: base,
      op: 'All',
      inputs: [`${base}/row`, `${base}/axis`],
      attributes: { Tidx: attribute.type('int32') },
    },
  ];
}

/** restored + scale · (|restored| + 0.05) · normal / 4, the normal numbers drawn from the variable's own seed. */
function perturb(variable: Variable, restored: string, scale: string): Node[] {
  const base = `assay/perturb/${variable.nodeId}`;
  const T = attribute.type('float32');
  const int = attribute.type('int32');
  const binary = (name: string, op: string, left: string, right: string): Node => ({
    name: `${base}/${name}`,
    op,
    inputs: [left, right],
    attributes: { T },
  });
  return [
    cast(`${base}/value`, restored, variable.dtype, 'float32'),
    { name: `${base}/shape`, op: 'Shape', inputs: [`${base}/value`], attributes: { T, out_type: int } },
    intConstant(`${base}/seed`, [variable.nodeId, 7]),
    {
      name: `${base}/normal`,
      op: 'StatelessRandomNormal',
      inputs: [`${base}/shape`, `${base}/seed`],
      attributes: { dtype: T, T: int, Tseed: int },
    },
    { name: `${base}/size`, op: 'Abs', inputs: [`${base}/value`], attributes: { T } },
    floatConstant(`${base}/least`, 0.05),
    floatConstant(`${base}/quarter`, 0.25),
    binary('share', 'Mul', scale, `${base}/quarter`),
    binary('sized', 'AddV2', `${base}/size`, `${base}/least`),
    binary('scaled', 'Mul', `${base}/sized`, `${base}/share`),
    binary('delta', 'Mul', `${base}/scaled`, `${base}/normal`),
    binary('perturbed', 'AddV2', `${base}/value`, `${base}/delta`),
    cast(`${base}/as-stored`, `${base}/perturbed`, 'float32', variable.dtype),
    {
      name: `${base}/assign`,
      op: 'AssignVariableOp',
      inputs: [handleOf(variable), `${base}/as-stored`],
      attributes: { dtype: attribute.type(variable.dtype) },
    },
  ];
}
