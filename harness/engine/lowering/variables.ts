import path from 'node:path';
import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { compareVariable, comparisonOf } from './compare-variable.js';
import { attribute, identity, intConstant, type Node, stringConstant } from './nodes.js';
import { lowerTable, type Table } from './tables.js';

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

/**
 * A handle for each variable, the restore of all that have a value, and the comparison with what was restored; the same
 * for tables.
 */
export function lowerVariables(model: SavedModel, tables: readonly Table[] = []): LoweredVariables {
  const restored = model.variables.filter(restorable);
  const compared = restored.filter((variable) => comparable.has(variable.dtype));
  const filled = tables.map((table) => lowerTable(model, table));
  const assigned = restored.map((variable, index) => assign('assign', variable, index, []));
  const putBack = restored.map((variable, index) =>
    assign('put-back', variable, index, compared.includes(variable) ? [comparisonOf(variable)] : []),
  );
  const differing = [...compared.map(comparisonOf), ...filled.map(({ differs }) => differs)];
  const nodes = [
    ...model.variables.map(handleNode),
    intConstant('assay/ready', 1),
    ...(restored.length > 0 ? restore(model, restored) : []),
    ...assigned,
    ...filled.flatMap((table) => table.nodes),
    after('assay/reset', [...assigned.map(({ name }) => name), ...filled.map(({ fill }) => fill)]),
    ...putBack,
    after('assay/put-back', [...putBack.map(({ name }) => name), ...filled.map((table) => table.putBack)]),
    ...compared.flatMap((variable) =>
      compareVariable(variable, handleOf(variable), restoredValue(restored.indexOf(variable))),
    ),
    ...(differing.length > 0 ? [gather(differing)] : []),
  ];
  return {
    nodes,
    reset: 'assay/reset',
    putBack: 'assay/put-back',
    ...(differing.length > 0 ? { changed: 'assay/changed' } : {}),
    compared: [...compared, ...filled.map((table) => table.as)],
    restored,
  };
}

/** Fetch it when these must have run. */
function after(name: string, operations: readonly string[]): Node {
  return identity(name, 'assay/ready', 'int32', operations);
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

function gather(differing: readonly string[]): Node {
  const attributes = {
    N: attribute.int(differing.length),
    T: attribute.type('bool'),
    axis: attribute.int(0),
  };
  return { name: 'assay/changed', op: 'Pack', inputs: differing, attributes };
}
