import path from 'node:path';
import { bytesIn } from '../../savedmodel/bytes-in.js';
import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { attribute, type Node, stringConstant } from './nodes.js';

/** How many bytes of values are read at once: more would take memory, and save no time. */
const partBytes = 8 * 2 ** 20;

export type Restores = {
  readonly nodes: readonly Node[];
  /** The tensor that gives the value of a variable in the checkpoint. */
  readonly stored: ReadonlyMap<Variable, string>;
};

/**
 * Reads variables from the checkpoint under a name, in parts. Each waits until the part before is done with: for the operation that
 * `doneWith` names for each variable. Undefined: for none.
 */
export function lowerRestores(
  model: SavedModel,
  name: string,
  variables: readonly Variable[],
  doneWith: (variable: Variable) => string | undefined,
): Restores {
  const parts = partsOf(variables);
  const named = parts.map((part, at) => ({ part, as: at === 0 ? name : `${name}/${at}` }));
  const nodes = named.flatMap(({ part, as }, at) =>
    restore(
      model,
      as,
      part,
      (parts[at - 1] ?? []).flatMap((variable) => doneWith(variable) ?? []),
    ),
  );
  const stored = named.flatMap(({ part, as }) =>
    part.map((variable, index) => [variable, `${as}:${index}`] as const),
  );
  return { nodes, stored: new Map(stored) };
}

function partsOf(variables: readonly Variable[]): readonly (readonly Variable[])[] {
  const parts: Variable[][] = [];
  let left = 0;
  for (const variable of variables) {
    const bytes = bytesIn({ variables: [variable] });
    const part = bytes <= left ? parts.at(-1) : undefined;
    if (part) part.push(variable);
    else parts.push([variable]);
    left = (part ? left : partBytes) - bytes;
  }
  return parts;
}

function restore(
  { folder }: SavedModel,
  name: string,
  variables: readonly Variable[],
  after: readonly string[],
): Node[] {
  const inputs = [`${name}/checkpoint`, `${name}/keys`, `${name}/slices`] as const;
  const [checkpoint, keys, slices] = inputs;
  return [
    stringConstant(checkpoint, path.join(folder, 'variables', 'variables')),
    stringConstant(
      keys,
      variables.map(({ checkpointKey = '' }) => checkpointKey),
    ),
    stringConstant(
      slices,
      variables.map(() => ''),
    ),
    {
      name,
      op: 'RestoreV2',
      inputs: [...inputs, ...after.map((operation) => `^${operation}`)],
      attributes: { dtypes: attribute.types(variables.map(({ dtype }) => dtype)) },
    },
  ];
}
