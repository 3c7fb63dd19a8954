import type { GraphNode, LibraryFunction } from '../../savedmodel/saved-model.js';
import { factsOf } from '../ops/catalogue.js';
import type { Flow } from './flow.js';
import type { Operation } from './symbolic-tensor.js';

/** Every operation of a call that writes to a variable or a table. @throws FlowTooLarge */
export function writesIn(flow: Flow): readonly Operation[] {
  return flow
    .callSites()
    .flatMap((callSite) => writingNodes(callSite.body).map((node) => ({ callSite, node })));
}

/** The captured objects that an operation's first input is a handle of, or the value, by node id. */
export function capturedBy(flow: Flow, operation: Operation): readonly number[] {
  const [handle] = flow.inputsOf(operation);
  const origins = handle ? flow.originsOf(handle) : [];
  return origins.flatMap((origin) => {
    if (origin.kind === 'capture') return [origin.nodeId];
    // What a read gives shares the memory of the variable, and in-place operations change it there.
    const isRead = origin.kind === 'result' && /^(ReadVariableOp|Identity)$/.test(origin.operation.node.op);
    return isRead && sharing.test(operation.node.op) ? capturedBy(flow, origin.operation) : [];
  });
}

/** Operations whose first input may be a variable's own memory. */
const sharing = /^(Inplace(Add|Sub|Update)|Identity)$/;

/** Found once, as each analysis of a model asks for them. */
const known = new WeakMap<LibraryFunction, readonly GraphNode[]>();

function writingNodes(body: LibraryFunction): readonly GraphNode[] {
  const found = known.get(body) ?? body.nodes.filter(writes);
  known.set(body, found);
  return found;
}

function writes({ op }: GraphNode): boolean {
  return factsOf(op)?.writes?.some((kind) => kind === 'variable' || kind === 'table') ?? false;
}
