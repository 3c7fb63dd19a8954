import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';
import { Flow } from './flow/flow.js';
import { capturedBy, writesIn } from './flow/writes.js';

/** Node ids of the variables and tables that a call may write to, whether or not that changes them. @throws FlowTooLarge */
export function assignedIn(model: SavedModel, concreteFunction: ConcreteFunction): ReadonlySet<number> {
  const assigned = known.get(concreteFunction) ?? read(new Flow(model, concreteFunction));
  known.set(concreteFunction, assigned);
  return assigned;
}

/** Read once: checks ask for each value of a hyperparameter. */
const known = new WeakMap<ConcreteFunction, ReadonlySet<number>>();

function read(flow: Flow): ReadonlySet<number> {
  return new Set(writesIn(flow).flatMap((operation) => capturedBy(flow, operation)));
}
