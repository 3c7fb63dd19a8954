import path from 'node:path';
import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { attribute, cast, identity, intConstant, type Node, stringConstant } from './nodes.js';

/** Nodes that hold, restore and compare the variables of a model. */
export type LoweredVariables = {
  readonly nodes: readonly Node[];
  /** Fetch it to put every variable back to its value in the checkpoint. */
  readonly reset: string;
  /** Fetch it for one bool per variable of `compared`: does it differ from the checkpoint? */
  readonly changed?: string;
  readonly compared: readonly Variable[];
};

/** Name of the node that gives a variable's handle. */
export function handleOf(variable: Variable): string {
  return `assay/variable/${variable.nodeId}`;
}

/** Variables whose value can be restored: the checkpoint has one of the same dtype. */
export function restorable(variable: Variable): boolean {
  return variable.checkpointKey !== undefined && variable.stored?.dtype === variable.dtype;
}

/** A handle for each variable, the restore of all that have a value, and the comparison with what was restored. */
export function lowerVariables(model: SavedModel): LoweredVariables {
  const restored = model.variables.filter(restorable);
  const compared = restored.filter((variable) => comparable.has(variable.dtype));
  const ready = intConstant('assay/ready', 1);
  const nodes = [...model.variables.map(handleNode), ready];
  if (restored.length === 0) return { nodes, reset: 'assay/ready', compared: [] };
  const assigned = restored.map(assign);
  const reset = identity(
    'assay/reset',
    'assay/ready',
    'int32',
    assigned.map((node) => node.name),
  );
  nodes.push(
    ...restore(model, restored),
    ...assigned,
    reset,
    ...compared.flatMap((variable) => compare(variable, restored.indexOf(variable))),
  );
  if (compared.length === 0) return { nodes, reset: 'assay/reset', compared };
  return { nodes: [...nodes, ...gather(compared)], reset: 'assay/reset', changed: 'assay/changed', compared };
}

/** Dtypes whose bits can be compared; a bool is compared as a number. */
const comparable: ReadonlySet<string> = new Set([
  'bool',
  'float32',
  'float64',
  'float16',
  'bfloat16',
  'complex64',
  'complex128',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
]);

/** Holds a variable. */
export function handleNode(variable: Variable): Node {
  const name = handleOf(variable);
  return {
    name,
    op: 'VarHandleOp',
    attributes: {
      dtype: attribute.type(variable.dtype),
      shape: attribute.shape(variable.shape),
      shared_name: attribute.string(name),
    },
  };
}

function restore(model: SavedModel, variables: readonly Variable[]): Node[] {
  return [
    stringConstant('assay/checkpoint', path.join(model.folder, 'variables', 'variables')),
    stringConstant(
      'assay/keys',
      variables.map((variable) => variable.checkpointKey ?? ''),
    ),
    stringConstant(
      'assay/slices',
      variables.map(() => ''),
    ),
    {
      name: 'assay/restored',
      op: 'RestoreV2',
      inputs: ['assay/checkpoint', 'assay/keys', 'assay/slices'],
      attributes: { dtypes: attribute.types(variables.map((variable) => variable.dtype)) },
    },
  ];
}

function assign(variable: Variable, index: number): Node {
  return {
    name: `assay/assign/${variable.nodeId}`,
    op: 'AssignVariableOp',
    inputs: [handleOf(variable), `assay/restored:${index}`],
    attributes: { dtype: attribute.type(variable.dtype) },
  };
}

/** NaN differs from itself, so the bits are compared and not the numbers. */
function compare(variable: Variable, index: number): Node[] {
  const base = `assay/compare/${variable.nodeId}`;
  const read: Node = {
    name: `${base}/now`,
    op: 'ReadVariableOp',
    inputs: [handleOf(variable)],
    attributes: { dtype: attribute.type(variable.dtype) },
  };
  return [
    read,
    bits(`${base}/now-bits`, read.name, variable.dtype),
    bits(`${base}/then-bits`, `assay/restored:${index}`, variable.dtype),
    {
      name: `${base}/differs`,
      op: 'NotEqual',
      inputs: [`${base}/now-bits`, `${base}/then-bits`],
      attributes: { T: attribute.type('uint8') },
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

function gather(compared: readonly Variable[]): Node[] {
  return [
    {
      name: 'assay/changed',
      op: 'Pack',
      inputs: compared.map((variable) => `assay/compare/${variable.nodeId}/any`),
      attributes: { N: attribute.int(compared.length), T: attribute.type('bool'), axis: attribute.int(0) },
    },
  ];
}
