import type { Fault } from './fault.js';
import { withoutOtherForms } from './forms.js';
import { spoken } from './pointer.js';
import { schemaErrors } from './schema.js';
import { faultOf } from './schema-sentences.js';
import type { Tree } from './tree.js';

/** What the schema has against a spec: one fault for each value to blame. */
export function schemaFaults(root: Tree): Fault[] {
  const errors = withoutOtherForms(schemaErrors(root.value));
  const faults = errors.flatMap((error) => faultOf(error, root) ?? []);
  return onePerValue(withoutMeant(faults));
}

/** A key that is missing because its name is misspelt is one fault, not two. */
function withoutMeant(faults: readonly Fault[]): Fault[] {
  const meant = new Set(faults.flatMap(({ meant }) => (meant === undefined ? [] : [spoken(meant)])));
  return faults.filter((fault) => fault.at !== 'mapping' || !meant.has(spoken(fault.pointer)));
}

/** The schema says the special thing after the general one: the last is kept. */
function onePerValue(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [spoken(fault.pointer), fault])).values()];
}
