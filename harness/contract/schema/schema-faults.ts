import type { ErrorObject } from 'ajv';
import type { Fault } from '../problem/fault.js';
import { dottedPath } from '../yaml/pointer.js';
import type { Tree } from '../yaml/tree.js';
import { withoutOtherForms } from './forms.js';
import { writtenAs } from './other-names.js';
import { schemaErrors, specSchema } from './schema.js';
import { faultOf } from './schema-sentences.js';
import { nearest } from './suggestion.js';

/** Faults that the schema finds in a spec: one for each faulty value. */
export function schemaFaults(root: Tree): Fault[] {
  if (isForeign(root)) return [noSpec];
  const errors = withoutOtherForms(schemaErrors(root.value));
  const specialLast = errors.sort((one, other) => speaks(one) - speaks(other));
  const faults = specialLast.flatMap((error) => faultOf(error, root) ?? []);
  return onePerValue(withoutMeant(faults));
}

/** A mapping with hardly a key of a spec, by any spelling: another program's file. */
function isForeign({ value, children }: Tree): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  // A name is what files of many programs have.
  const keys = [...children.keys()].map(String).filter((key) => key !== 'name');
  const known = Object.keys(specSchema.properties ?? {});
  if (keys.length < 2 || keys.some((key) => known.includes(key))) return false;
  const looked = keys.slice(0, enoughKeys);
  const alike = looked.filter((key) => (nearest(key, known) ?? writtenAs(key)) !== undefined);
  return alike.length * 3 < looked.length;
}

/** Each is compared with all keys of a spec. */
const enoughKeys = 50;

const noSpec: Fault = {
  pointer: [],
  at: 'value',
  message: 'this is no spec: its keys are those of another file',
  hint: 'name spec files, or a folder of nothing else; `assay init MODEL` writes a spec',
};

/** A key that is missing because its name is misspelt is one fault, not two. */
function withoutMeant(faults: readonly Fault[]): Fault[] {
  const meant = new Set(faults.flatMap(({ meant }) => (meant === undefined ? [] : [dottedPath(meant)])));
  return faults.filter((fault) => fault.at !== 'mapping' || !meant.has(dottedPath(fault.pointer)));
}

/** 1 where the schema has its own sentence for the case, which then takes precedence over a general one. */
function speaks({ parentSchema }: ErrorObject): number {
  return Number(parentSchema?.errorMessage !== undefined);
}

/** The last is kept. */
function onePerValue(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [dottedPath(fault.pointer), fault])).values()];
}
