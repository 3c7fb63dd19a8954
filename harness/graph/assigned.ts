import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';
import { Flow } from './flow/flow.js';
import { capturedBy, writesIn } from './flow/writes.js';

/** Node ids of the variables and tables that a call may write to, whether or not that changes them. @throws FlowTooLarge */
export function assignedIn(model: SavedModel, concreteFunction: ConcreteFunction): ReadonlySet<number> {
  const flow = new Flow(model, concreteFunction);
  return new Set(writesIn(flow).flatMap((operation) => capturedBy(flow, operation)));
}
