import type { Fault } from '../problem/fault.js';
import { isWithin, type Pointer } from '../yaml/pointer.js';
import { type Tree, treeAt } from '../yaml/tree.js';

/** What a rule may use besides the spec itself. */
export type RuleOptions = {
  /** Ids of the checks that waivers may name; default: any id. */
  readonly checkIds?: readonly string[];
  /** Where relative paths start; default: no file is accessed. */
  readonly folder?: string;
  /** The model that the spec names need not be there. */
  readonly otherModel?: boolean;
  /** The folder that files may not lie outside of; default: they may lie anywhere. */
  readonly within?: string;
};

/** Something that must hold between values of a spec and that JSON Schema cannot say. */
export type SpecRule = (spec: SoundSpec, options: RuleOptions) => readonly Fault[];

/** A spec in which the schema may have found faults: rules see only the valid parts. */
export type SoundSpec = {
  /** The value there, if it, its parents and its children have no fault; its type is then the schema's. */
  readonly at: <T>(...pointer: Pointer) => T | undefined;
  /** Keys of a mapping or places of a list, as text; none when there is neither. */
  readonly keys: (...pointer: Pointer) => readonly string[];
  /** True when the schema has found a fault there: then its absence proves nothing. */
  readonly isBlamed: (...pointer: Pointer) => boolean;
};

export function soundSpec(root: Tree, faults: readonly Fault[]): SoundSpec {
  const blamed = faults.map((fault) => fault.pointer);
  const isBlamed = (...pointer: Pointer) =>
    blamed.some((one) => isWithin(one, pointer) || isWithin(pointer, one));
  return {
    isBlamed,
    at: <T>(...pointer: Pointer) =>
      isBlamed(...pointer) ? undefined : (treeAt(root, pointer)?.value as T | undefined),
    keys: (...pointer) => [...(treeAt(root, pointer)?.children.keys() ?? [])],
  };
}
