import type { ErrorObject } from 'ajv';
import type { Fault } from '../problem/fault.js';
import { dottedPath } from '../yaml/pointer.js';
import type { Tree } from '../yaml/tree.js';
import { withoutOtherForms } from './forms.js';
import { schemaErrors } from './schema.js';
import { faultOf } from './schema-sentences.js';

/** Faults that the schema finds in a spec: one for each faulty value. */
export function schemaFaults(root: Tree): Fault[] {
  const errors = withoutOtherForms(schemaErrors(root.value));
  const specialLast = errors.sort((one, other) => speaks(one) - speaks(other));
  const faults = specialLast.flatMap((error) => faultOf(error, root) ?? []);
  return onePerValue(withoutMeant(faults));
}

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
