import path from 'node:path';
import type { SavedModel, TableContents, Variable } from '../../savedmodel/saved-model.js';
import { overAll } from './flat.js';
import { attribute, cast, floatConstant, intConstant, type Node, stringConstant } from './nodes.js';

/** A lookup table that calls can change, and whose contents are in the checkpoint. */
export type Table = {
  readonly nodeId: number;
  readonly path: string;
  /** The tensor that gives its handle. */
  readonly handle: string;
  readonly contents: TableContents;
};

/** Nodes that fill a table, and compare what it holds with the checkpoint. */
export type LoweredTable = {
  readonly nodes: readonly Node[];
  /** Gives it its contents in the checkpoint. */
  readonly fill: string;
  /** The same, once it was compared. */
  readonly putBack: string;
  /** Gives one bool: does it differ from the checkpoint? */
  readonly differs: string;
  /** The table, as messages name what a call changed. */
  readonly as: Variable;
};

/** Lowers a table. Its keys and values are two tensors of the checkpoint, in the order in which they were exported. */
export function lowerTable({ folder }: Pick<SavedModel, 'folder'>, table: Table): LoweredTable {
  const base = `assay/table/${table.nodeId}`;
  const { keys, values } = table.contents;
  const types = { Tin: attribute.type(keys.dtype), Tout: attribute.type(values.dtype) };
  const stored = [`${base}/restored:0`, `${base}/restored:1`] as const;
  const fill = (name: string, after: readonly string[]): Node => ({
    name,
    op: 'LookupTableImportV2',
    inputs: [table.handle, ...stored, ...after.map((op) => `^${op}`)],
    attributes: types,
  });
  return {
    nodes: [
      ...restored(base, path.join(folder, 'variables', 'variables'), table.contents),
      fill(`${base}/fill`, []),
      ...compared(base, table),
      fill(`${base}/put-back`, [`${base}/any`]),
    ],
    fill: `${base}/fill`,
    putBack: `${base}/put-back`,
    differs: `${base}/any`,
    as: described(table),
  };
}

function restored(base: string, checkpoint: string, { keys, values }: TableContents): Node[] {
  return [
    stringConstant(`${base}/checkpoint`, checkpoint),
    stringConstant(`${base}/names`, [keys.checkpointKey, values.checkpointKey]),
    stringConstant(`${base}/slices`, ['', '']),
    {
      name: `${base}/restored`,
      op: 'RestoreV2',
      inputs: [`${base}/checkpoint`, `${base}/names`, `${base}/slices`],
      attributes: { dtypes: attribute.types([keys.dtype, values.dtype]) },
    },
  ];
}

/** It differs when it holds more or fewer keys, or another value for one of those in the checkpoint. */
function compared(base: string, { handle, contents: { keys, values } }: Table): Node[] {
  const [Tin, Tout, int64] = [
    attribute.type(keys.dtype),
    attribute.type(values.dtype),
    attribute.type('int64'),
  ];
  const differ = (name: string, left: string, right: string, dtype: string): Node => ({
    name: `${base}/${name}`,
    op: 'NotEqual',
    inputs: [left, right],
    attributes: { T: attribute.type(dtype), incompatible_shape_error: attribute.bool(false) },
  });
  return [
    { name: `${base}/size`, op: 'LookupTableSizeV2', inputs: [handle] },
    {
      name: `${base}/stored-size`,
      op: 'Size',
      inputs: [`${base}/restored:0`],
      attributes: { T: Tin, out_type: int64 },
    },
    differ('sizes', `${base}/size`, `${base}/stored-size`, 'int64'),
    ...zeros(`${base}/default`, values.dtype, values.shape.slice(1)),
    {
      name: `${base}/found`,
      op: 'LookupTableFindV2',
      inputs: [handle, `${base}/restored:0`, `${base}/default`],
      attributes: { Tin, Tout },
    },
    differ('values', `${base}/found`, `${base}/restored:1`, values.dtype),
    ...overAll(`${base}/other-value`, 'Any', `${base}/values`),
    { name: `${base}/any`, op: 'LogicalOr', inputs: [`${base}/sizes`, `${base}/other-value`] },
  ];
}

/** What the table gives for a key that it does not hold. */
function zeros(name: string, dtype: string, shape: readonly number[]): Node[] {
  const one: Node[] =
    dtype === 'string'
      ? [stringConstant(`${name}/one`, '')]
      : [floatConstant(`${name}/float`, 0), cast(`${name}/one`, `${name}/float`, 'float32', dtype)];
  const fill: Node = {
    name,
    op: 'Fill',
    inputs: [`${name}/shape`, `${name}/one`],
    attributes: { T: attribute.type(dtype), index_type: attribute.type('int32') },
  };
  return [...one, intConstant(`${name}/shape`, shape), fill];
}

function described({ nodeId, path: place, contents }: Table): Variable {
  return {
    nodeId,
    name: '',
    path: place,
    dtype: contents.values.dtype,
    shape: null,
    trainable: false,
  };
}
