import type { Variable } from '../../savedmodel/saved-model.js';
import { attribute, cast, identity, intConstant, type Node } from './nodes.js';
import { handleOf, restorable } from './variables.js';

/** Nodes that look at the values of variables, and that move them. */
export type LoweredProbes = {
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

/** Fetch it to move a variable by about a quarter of its size, the same way each time. */
export function nudgeNode(variable: Variable): string {
  return `assay/nudge/${variable.nodeId}`;
}

/** Looks at and moves each floating-point variable. */
export function lowerProbes(variables: readonly Variable[]): LoweredProbes {
  const floating = variables.filter((variable) => restorable(variable) && floats.has(variable.dtype));
  if (floating.length === 0) return { nodes: [], floating };
  const nodes = floating.flatMap((variable) => [...read(variable), ...finite(variable), ...nudge(variable)]);
  const all: Node = {
    name: 'assay/finite',
    op: 'Pack',
    inputs: floating.map((variable) => `assay/finite/${variable.nodeId}`),
    attributes: { N: attribute.int(floating.length), T: attribute.type('bool'), axis: attribute.int(0) },
  };
  return { nodes: [...nodes, all], floating, finite: all.name };
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

/** value + (|value| + 0.05) · normal / 4, the normal numbers drawn from the variable's own seed. */
function nudge(variable: Variable): Node[] {
  const base = nudgeNode(variable);
  const T = attribute.type('float32');
  const binary = (name: string, op: string, left: string, right: string): Node => ({
    name: `${base}/${name}`,
    op,
    inputs: [left, right],
    attributes: { T },
  });
  const int = attribute.type('int32');
  const assign: Node = {
    name: `${base}/assign`,
    op: 'AssignAddVariableOp',
    inputs: [handleOf(variable), `${base}/delta`],
    attributes: { dtype: attribute.type(variable.dtype) },
  };
  return [
    { name: `${base}/shape`, op: 'Shape', inputs: [valueNode(variable)], attributes: { T, out_type: int } },
    intConstant(`${base}/seed`, [variable.nodeId, 7]),
    {
      name: `${base}/normal`,
      op: 'StatelessRandomNormal',
      inputs: [`${base}/shape`, `${base}/seed`],
      attributes: { dtype: T, T: int, Tseed: int },
    },
    { name: `${base}/size`, op: 'Abs', inputs: [valueNode(variable)], attributes: { T } },
    floatConstant(`${base}/least`, 0.05),
    floatConstant(`${base}/share`, 0.25),
    binary('sized', 'AddV2', `${base}/size`, `${base}/least`),
    binary('scaled', 'Mul', `${base}/sized`, `${base}/share`),
    binary('moved', 'Mul', `${base}/scaled`, `${base}/normal`),
    cast(`${base}/delta`, `${base}/moved`, 'float32', variable.dtype),
    assign,
    identity(base, 'assay/ready', 'int32', [assign.name]),
  ];
}

function floatConstant(name: string, value: number): Node {
  return {
    name,
    op: 'Const',
    attributes: { dtype: attribute.type('float32'), value: attribute.float(value) },
  };
}
