import type { ConcreteFunction, SavedModel, Variable } from '../savedmodel/saved-model.js';
import { Flow, FlowTooLarge } from './flow/flow.js';
import type { Operation, Origin, SymbolicTensor } from './flow/symbolic-tensor.js';
import { capturedBy, writesIn } from './flow/writes.js';
import { factsOf } from './ops/catalogue.js';
import { reachableOperations } from './reachable.js';

/** Node ids of the variables and tables that a call may write to, whether or not that changes them. @throws FlowTooLarge */
export function assignedIn(model: SavedModel, concreteFunction: ConcreteFunction): ReadonlySet<number> {
  const assigned = known.get(concreteFunction) ?? read(new Flow(model, concreteFunction));
  known.set(concreteFunction, assigned);
  return assigned;
}

/**
 * Every variable that a call may assign; undefined where the graph does not tell for sure, or where tables or others are
 * written to.
 */
export function allThatIsAssigned(
  model: SavedModel,
  concreteFunction: ConcreteFunction,
): readonly Variable[] | undefined {
  if (!writesOnlyVariables(model, concreteFunction)) return undefined;
  const ids = handlesWritten(model, concreteFunction);
  const variables = model.variables.filter(({ nodeId }) => ids?.has(nodeId));
  return variables.length === ids?.size ? variables : undefined;
}

function writesOnlyVariables(model: SavedModel, concreteFunction: ConcreteFunction): boolean {
  const operations = [...reachableOperations(model, [concreteFunction]).keys()].map(factsOf);
  return operations.every((facts) => facts && (facts.writes ?? []).every((kind) => kind === 'variable'));
}

/** Undefined where a handle comes from anywhere but a capture, or the graph is too large to follow. */
function handlesWritten(
  model: SavedModel,
  concreteFunction: ConcreteFunction,
): ReadonlySet<number> | undefined {
  try {
    const flow = new Flow(model, concreteFunction);
    const origins = writesIn(flow).flatMap((operation): readonly Origin[] => {
      const [handle] = flow.inputsOf(operation);
      const found = handle ? flow.originsOf(handle) : [];
      return found.length > 0 ? found : [{ kind: 'unknown', why: 'The operation has no handle.' }];
    });
    const ids = origins.map((origin) => (origin.kind === 'capture' ? origin.nodeId : undefined));
    return ids.includes(undefined) ? undefined : new Set(ids.filter((id) => id !== undefined));
  } catch (error) {
    if (error instanceof FlowTooLarge) return undefined;
    throw error;
  }
}

/**
 * Operations that write to a variable or table which the graph itself makes, by a name of its own: it stays when the call
 * is over, no list of variables holds it, and no file its value.
 */
export function writesToOwnState(
  model: SavedModel,
  concreteFunction: ConcreteFunction,
): readonly Operation[] {
  try {
    const flow = new Flow(model, concreteFunction);
    const isOwn = (handle: SymbolicTensor) =>
      flow
        .originsOf(handle)
        .some((origin) => origin.kind === 'result' && lasting.test(origin.operation.node.op));
    return writesIn(flow).filter((operation) => flow.inputsOf(operation).slice(0, 1).some(isOwn));
  } catch (error) {
    if (error instanceof FlowTooLarge) return [];
    throw error;
  }
}

/** They make what outlives the call. */
const lasting = /^(VarHandleOp|Mutable(Dense)?HashTable(OfTensors)?(V2)?)$/;

/** Read once: checks ask for each value of a hyperparameter. */
const known = new WeakMap<ConcreteFunction, ReadonlySet<number>>();

function read(flow: Flow): ReadonlySet<number> {
  return new Set(writesIn(flow).flatMap((operation) => capturedBy(flow, operation)));
}
