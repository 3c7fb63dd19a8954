import type { Pointer } from './pointer.js';

/** A value of a spec and where it stands in the text. Offsets are in UTF-16 units from the start. */
export type Tree = {
  /** Plain data, as JSON would have it; aliases and merge keys followed. */
  readonly value: unknown;
  readonly offset: number;
  /** Where its key starts; in a list, where the value starts. */
  readonly keyOffset: number;
  /** A scalar as it was written. */
  readonly source: string;
  /** By key; in a list, by number. */
  readonly children: ReadonlyMap<string, Tree>;
};

/** Something wrong at a place of the text. */
export type TreeFault = { readonly offset: number; readonly message: string; readonly hint?: string };

/** The value at the end of the pointer, or undefined. */
export function treeAt(root: Tree, pointer: Pointer): Tree | undefined {
  return pointer.reduce<Tree | undefined>((tree, step) => tree?.children.get(String(step)), root);
}

/** The value at the end of the pointer, or the nearest one around it. */
export function innermost(root: Tree, pointer: Pointer): Tree {
  return treeAt(root, pointer) ?? innermost(root, pointer.slice(0, -1));
}
