import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';
import { Flow } from './flow/flow.js';
import type { Operation } from './flow/symbolic-tensor.js';
import { factsOf } from './ops/catalogue.js';

/** Node ids of the variables that a call may assign to, whether or not that changes them. @throws FlowTooLarge */
export function assignedIn(model: SavedModel, concreteFunction: ConcreteFunction): ReadonlySet<number> {
  const flow = new Flow(model, concreteFunction);
  const writing = flow
    .callSites()
    .flatMap((callSite): readonly Operation[] =>
      callSite.body.nodes
        .filter(({ op }) => factsOf(op)?.writes?.includes('variable'))
        .map((node) => ({ callSite, node })),
    );
  const origins = writing.flatMap((operation) => {
    const [handle] = flow.inputsOf(operation);
    return handle ? flow.originsOf(handle) : [];
  });
  return new Set(origins.flatMap((origin) => (origin.kind === 'capture' ? [origin.nodeId] : [])));
}
