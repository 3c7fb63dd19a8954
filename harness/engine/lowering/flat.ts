import { attribute, intConstant, type Node } from './nodes.js';

/** What every reduction over all elements uses. */
export const flatConstants: readonly Node[] = [
  intConstant('assay/flat/shape', [-1]),
  intConstant('assay/flat/axis', [0]),
];

/** `name`: whether any, or all, of the bools of a tensor of any shape are true. */
export function overAll(name: string, op: 'Any' | 'All', bools: string): Node[] {
  return [
    {
      name: `${name}/flat`,
      op: 'Reshape',
      inputs: [bools, 'assay/flat/shape'],
      attributes: { T: attribute.type('bool') },
    },
    {
      name,
      op,
      inputs: [`${name}/flat`, 'assay/flat/axis'],
      attributes: { Tidx: attribute.type('int32') },
    },
  ];
}
