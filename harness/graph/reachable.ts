import type {
  Attribute,
  ConcreteFunction,
  GraphNode,
  LibraryFunction,
  SavedModel,
} from '../savedmodel/saved-model.js';
import { factsOf } from './ops/catalogue.js';
import type { StateKind } from './ops/operation-facts.js';

/** Where an operation stands, for a message: `MatMul` in the function `__inference_call_12`. */
export type Place = { readonly functionName: string; readonly node: string };

/** Operations that the concrete functions can run, calls and branches followed, each with one place where it stands. */
export function reachableOperations(
  model: SavedModel,
  concreteFunctions: Iterable<ConcreteFunction>,
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { name: functionName, nodes } of reachableFunctions(model, concreteFunctions)) {
    for (const { op, name: node } of nodes) {
      if (!model.functions.has(op) && !places.has(op)) places.set(op, { functionName, node });
    }
  }
  return places;
}

/**
 * Functions that the concrete functions can run, the nearest first: by name as an operation, or as an attribute of one
 * (`f` of PartitionedCall, the branches of If, Case and While …). Gradient functions are only named and do not count.
 */
export function reachableFunctions(
  model: Pick<SavedModel, 'functions'>,
  concreteFunctions: Iterable<ConcreteFunction>,
): readonly LibraryFunction[] {
  const names = new Set([...concreteFunctions].map(({ functionName }) => functionName));
  const found: LibraryFunction[] = [];
  for (const name of names) {
    const called = model.functions.get(name);
    if (called === undefined) continue;
    found.push(called);
    for (const node of called.nodes) for (const callee of calleesOf(node)) names.add(callee);
  }
  return found;
}

/** The concrete functions, and those that make and fill the resources they capture: lookup tables, iterators … */
export function withInitialisers(
  { resources }: SavedModel,
  concreteFunctions: Iterable<ConcreteFunction>,
): readonly ConcreteFunction[] {
  const all = new Set(concreteFunctions);
  for (const { captures } of all) {
    for (const nodeId of captures) {
      const resource = resources.get(nodeId);
      if (resource?.kind !== 'created') continue;
      all.add(resource.create);
      if (resource.initialize !== undefined) all.add(resource.initialize);
    }
  }
  return [...all];
}

/** Every concrete function that a call, a signature, a loss or a resource can run. */
export function everyConcreteFunction({
  methods,
  signatures,
  losses,
  resources,
}: SavedModel): readonly ConcreteFunction[] {
  const ofLosses = losses?.flatMap((loss) => (loss.kind === 'function' ? [loss.endpoint] : [])) ?? [];
  const endpoints = [...methods.values(), ...signatures.values(), ...ofLosses];
  const created = [...resources.values()].flatMap((resource) =>
    resource.kind === 'created' ? [resource.create, resource.initialize] : [],
  );
  const concreteFunctions = [...endpoints.flatMap((endpoint) => endpoint.concreteFunctions), ...created];
  return [...new Set(concreteFunctions.filter((concreteFunction) => concreteFunction !== undefined))];
}

/** Whether running a concrete function can change what a later run gives: a variable, a table, a random generator … */
export function mutates(model: SavedModel, concreteFunction: ConcreteFunction): boolean {
  return [...reachableOperations(model, [concreteFunction]).keys()].some((op) =>
    factsOf(op)?.writes?.some((kind) => !endsWithRun.has(kind)),
  );
}

/** What ends with the run, or changes no result of a later one. */
export const endsWithRun: ReadonlySet<StateKind> = new Set<StateKind>([
  'mutex',
  'stack',
  'statistics',
  'summary-writer',
  'tensor-array',
]);

/** Names that may be functions which an operation runs: its own, and those in its attributes, at any depth. */
export function calleesOf({ op, attributes }: GraphNode): readonly string[] {
  return [op, ...[...attributes.values()].flatMap(functionsIn)];
}

function functionsIn(attribute: Attribute): readonly string[] {
  if (attribute.kind === 'function')
    return [attribute.name, ...[...(attribute.attributes?.values() ?? [])].flatMap(functionsIn)];
  return attribute.kind === 'list' ? attribute.items.flatMap(functionsIn) : [];
}
