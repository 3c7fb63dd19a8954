import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { overAll } from './flat.js';
import { attribute, cast, floatConstant, identity, type Node } from './nodes.js';
import { lowerRestores } from './restores.js';
import { handleOf } from './variables.js';

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

/** What all perturbations share; of the last two, each variable takes the output at its place. */
const least = 'assay/perturb/least';
const share = 'assay/perturb/share';
const seed = 'assay/perturb/seed';

/** Reads each floating-point variable, and perturbs it. `restored`: those of the model whose values can be restored. */
export function lowerPerturbations(model: SavedModel, restored: readonly Variable[]): LoweredPerturbations {
  const floating = restored.filter(({ dtype }) => floats.has(dtype));
  if (floating.length === 0) return { nodes: [], floating };
  const restores = lowerRestores(model, 'assay/unperturbed', floating, assignmentOf);
  const nodes = floating.flatMap((variable, place) => [
    ...read(variable),
    ...finite(variable),
    ...perturb(variable, restores.stored.get(variable) ?? '', place, floating[place - 1]),
  ]);
  const all: Node = {
    name: 'assay/finite',
    op: 'Pack',
    inputs: floating.map((variable) => `assay/finite/${variable.nodeId}`),
    attributes: { N: attribute.int(floating.length), T: attribute.type('bool'), axis: attribute.int(0) },
  };
  const done = identity(perturbed, 'assay/ready', 'int32', floating.map(assignmentOf));
  return { nodes: [...shared(floating), ...restores.nodes, ...nodes, all, done], floating, finite: all.name };
}

function shared(floating: readonly Variable[]): Node[] {
  const T = attribute.type('float32');
  const count = floating.length;
  const each = (name: string, input: string, dtype: string): Node => ({
    name,
    op: 'Unpack',
    inputs: [input],
    attributes: { T: attribute.type(dtype), num: attribute.int(count), axis: attribute.int(0) },
  });
  const seeds = attribute.ints(
    floating.flatMap(({ nodeId }) => [nodeId, 7]),
    [count, 2],
  );
  return [
    {
      name: perturbationScales,
      op: 'Placeholder',
      attributes: { dtype: T, shape: attribute.shape([count]) },
    },
    floatConstant(least, 0.05),
    floatConstant('assay/perturb/quarter', 0.25),
    {
      name: 'assay/perturb/shares',
      op: 'Mul',
      inputs: [perturbationScales, 'assay/perturb/quarter'],
      attributes: { T },
    },
    each(share, 'assay/perturb/shares', 'float32'),
    {
      name: 'assay/perturb/seeds',
      op: 'Const',
      attributes: { dtype: attribute.type('int32'), value: seeds },
    },
    each(seed, 'assay/perturb/seeds', 'int32'),
  ];
}

function assignmentOf({ nodeId }: Variable): string {
  return `assay/perturb/${nodeId}/assign`;
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
  const each: Node = {
    name: `${base}/each`,
    op: 'IsFinite',
    inputs: [valueNode(variable)],
    attributes: { T: attribute.type('float32') },
  };
  return [each, ...overAll(base, 'All', each.name)];
}

/**
 * restored + scale · (|restored| + 0.05) · normal / 4, the normal numbers drawn from the variable's own seed. One variable after the other:
 * what lies between the values takes memory, in all a multiple of the weights.
 */
function perturb(variable: Variable, restored: string, place: number, before?: Variable): Node[] {
  const base = `assay/perturb/${variable.nodeId}`;
  const then = before ? [`^${assignmentOf(before)}`] : [];
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
    {
      name: `${base}/shape`,
      op: 'Shape',
      inputs: [`${base}/value`, ...then],
      attributes: { T, out_type: int },
    },
    {
      name: `${base}/normal`,
      op: 'StatelessRandomNormal',
      inputs: [`${base}/shape`, `${seed}:${place}`],
      attributes: { dtype: T, T: int, Tseed: int },
    },
    { name: `${base}/size`, op: 'Abs', inputs: [`${base}/value`, ...then], attributes: { T } },
    binary('sized', 'AddV2', `${base}/size`, least),
    binary('scaled', 'Mul', `${base}/sized`, `${share}:${place}`),
    binary('delta', 'Mul', `${base}/scaled`, `${base}/normal`),
    binary('perturbed', 'AddV2', `${base}/value`, `${base}/delta`),
    cast(`${base}/as-stored`, `${base}/perturbed`, 'float32', variable.dtype),
    {
      name: assignmentOf(variable),
      op: 'AssignVariableOp',
      inputs: [handleOf(variable), `${base}/as-stored`],
      attributes: { dtype: attribute.type(variable.dtype) },
    },
  ];
}
