import type { ErrorObject } from 'ajv';
import type { Fault } from '../problem/fault.js';
import { dottedPath, type Pointer } from '../yaml/pointer.js';
import { type Tree, treeAt } from '../yaml/tree.js';
import type { Schema } from './schema.js';

/** An error of ajv with everything that its message needs. */
export type About = {
  readonly error: ErrorObject;
  readonly pointer: Pointer;
  /** The value's key path, in backquotes. */
  readonly name: string;
  /** The schema that the value breaks. */
  readonly schema: Schema;
  readonly value: unknown;
  /** A scalar as it was written. */
  readonly source: string;
};

export function aboutOf(error: ErrorObject, root: Tree): About {
  const pointer = pointerOf(error.instancePath);
  return {
    error,
    pointer,
    name: pointer.length === 0 ? 'the spec' : `\`${dottedPath(pointer)}\``,
    schema: (error.parentSchema ?? {}) as Schema,
    value: error.data,
    source: treeAt(root, pointer)?.source ?? '',
  };
}

/** A fault with or without a hint. */
export function faultAt(pointer: Pointer, at: Fault['at'], message: string, hint: string | undefined): Fault {
  return hint === undefined ? { pointer, at, message } : { pointer, at, message, hint };
}

/** JSON Pointer, as ajv gives it; digits are numbers in a list, and no mapping of a spec has such keys. */
function pointerOf(instancePath: string): Pointer {
  const steps = instancePath.split('/').slice(1);
  return steps.map((step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return /^\d+$/.test(key) ? Number(key) : key;
  });
}
