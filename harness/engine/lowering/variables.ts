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
  /** Fetch it with `changed` to put every variable back once it is compared. */
  readonly putBack: string;
  /** Variables that are restored, in the order of the outputs of `restoredValues`. */
  readonly restored: readonly Variable[];
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
  if (restored.length === 0)
    return { nodes, reset: 'assay/ready', putBack: 'assay/ready', compared: [], restored };
  const assigned = restored.map((variable, index) => assign('assign', variable, index, []));
  const putBack = restored.map((variable, index) =>
    assign('put-back', variable, index, compared.includes(variable) ? [comparisonOf(variable)] : []),
  );
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
    ...putBack,
    identity(
      'assay/put-back',
      'assay/ready',
      'int32',
      putBack.map(({ name }) => name),
    ),
    ...compared.flatMap((variable) => compare(variable, restored.indexOf(variable))),
  );
  const common = { reset: 'assay/reset', putBack: 'assay/put-back', compared, restored };
  if (compared.length === 0) return { nodes, ...common };
  return { nodes: [...nodes, ...gather(compared)], changed: 'assay/changed', ...common };
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

/** The value of a variable in the checkpoint, by its place among the restored ones. */
export function restoredValue(index: number): string {
  return `assay/restored:${index}`;
}

function assign(how: string, variable: Variable, index: number, after: readonly string[]): Node {
  return {
    name: `assay/${how}/${variable.nodeId}`,
    op: 'AssignVariableOp',
    inputs: [handleOf(variable), restoredValue(index), ...after.map((op) => `^${op}`)],
    attributes: { dtype: attribute.type(variable.dtype) },
  };
}

/** Says whether one variable differs from the checkpoint. */
function comparisonOf(variable: Variable): string {
  return `assay/compare/${variable.nodeId}/any`;
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
    bits(`${base}/then-bits`, restoredValue(index), variable.dtype),
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
      name: comparisonOf(variable),
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
      inputs: compared.map(comparisonOf),
      attributes: { N: attribute.int(compared.length), T: attribute.type('bool'), axis: attribute.int(0) },
    },
  ];
}
