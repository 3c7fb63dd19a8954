import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { compareVariable, comparisonOf } from './compare-variable.js';
import { flatConstants } from './flat.js';
import { attribute, identity, intConstant, type Node } from './nodes.js';
import { lowerRestores } from './restores.js';
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
  readonly restored: readonly Variable[];
  readonly compared: readonly Variable[];
  /** The same for the variables that calls assign: `changed` and `putBack` of these alone, which reads only their values. */
  readonly assigned?: AssignedNodes;
};

export type AssignedNodes = {
  readonly changed: string;
  readonly putBack: string;
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

/** Whether a variable can be compared with its value in the checkpoint, and put back. */
export function comparable(variable: Variable): boolean {
  return restorable(variable) && comparableDtypes.has(variable.dtype);
}

/**
 * A handle for each variable, the restore of all that have a value, and the comparison with what was restored; the same
 * for tables. `often`: comparable variables that calls assign.
 */
export function lowerVariables(
  model: SavedModel,
  tables: readonly Table[] = [],
  often: readonly Variable[] = [],
): LoweredVariables {
  const restored = model.variables.filter(restorable);
  const seldom = restored.filter((variable) => !often.includes(variable));
  const compared = restored.filter(comparable);
  const anew = lowerRestores(model, 'assay/restored', restored, assignmentOf);
  const once = (variable: Variable) => (comparable(variable) ? comparisonOf(variable) : undefined);
  const kept = [
    lowerRestores(model, 'assay/stored', seldom, once),
    lowerRestores(model, 'assay/stored-often', often, once),
  ];
  const stored = new Map(kept.flatMap((part) => [...part.stored]));
  const filled = tables.map((table) => lowerTable(model, table));
  const assigned = restored.map((variable) =>
    assign(assignmentOf(variable), variable, anew.stored.get(variable), []),
  );
  const putBack = restored.map((variable) =>
    assign(
      putBackOf(variable),
      variable,
      stored.get(variable),
      compared.includes(variable) ? [comparisonOf(variable)] : [],
    ),
  );
  const differing = [...compared.map(comparisonOf), ...filled.map(({ differs }) => differs)];
  const nodes = [
    ...model.variables.map(handleNode),
    intConstant('assay/ready', 1),
    ...flatConstants,
    ...[anew, ...kept].flatMap((part) => part.nodes),
    ...assigned,
    ...filled.flatMap((table) => table.nodes),
    after('assay/reset', [...assigned.map(({ name }) => name), ...filled.map(({ fill }) => fill)]),
    ...putBack,
    after('assay/put-back', [...putBack.map(({ name }) => name), ...filled.map((table) => table.putBack)]),
    ...compared.flatMap((variable) =>
      compareVariable(variable, handleOf(variable), stored.get(variable) ?? ''),
    ),
    ...gather('assay/changed', differing),
    ...gather('assay/changed-often', often.map(comparisonOf)),
    after('assay/put-back-often', often.map(putBackOf)),
  ];
  return {
    nodes,
    reset: 'assay/reset',
    putBack: 'assay/put-back',
    ...(differing.length > 0 ? { changed: 'assay/changed' } : {}),
    compared: [...compared, ...filled.map((table) => table.as)],
    restored,
    ...(often.length > 0
      ? { assigned: { changed: 'assay/changed-often', putBack: 'assay/put-back-often', compared: often } }
      : {}),
  };
}

/** Fetch it when these must have run. */
function after(name: string, operations: readonly string[]): Node {
  return identity(name, 'assay/ready', 'int32', operations);
}

/** Dtypes whose bits can be compared; a bool is compared as a number. */
const comparableDtypes: ReadonlySet<string> = new Set([
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

function assignmentOf({ nodeId }: Variable): string {
  return `assay/assign/${nodeId}`;
}

function putBackOf({ nodeId }: Variable): string {
  return `assay/put-back/${nodeId}`;
}

function assign(name: string, variable: Variable, stored = '', after: readonly string[]): Node {
  return {
    name,
    op: 'AssignVariableOp',
    inputs: [handleOf(variable), stored, ...after.map((op) => `^${op}`)],
    attributes: { dtype: attribute.type(variable.dtype) },
  };
}

function gather(name: string, differing: readonly string[]): Node[] {
  if (differing.length === 0) return [];
  const attributes = {
    N: attribute.int(differing.length),
    T: attribute.type('bool'),
    axis: attribute.int(0),
  };
  return [{ name, op: 'Pack', inputs: differing, attributes }];
}
