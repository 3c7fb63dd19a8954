import {
  everyConcreteFunction,
  type Place,
  reachableOperations,
  withInitialisers,
} from '../../harness/graph/reachable.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';

/** All that was read, as JSON: endpoints, variables and resources as lists, operations with a place for each. */
export function inspectionJson(model: SavedModel, digest: string): string {
  const { functions, graphNodes, libraryBytes, graphVersions, methods, signatures, resources, ...rest } =
    model;
  const concreteFunctions = withInitialisers(model, everyConcreteFunction(model));
  const inspection = {
    digest,
    ...rest,
    methods: [...methods.values()],
    signatures: [...signatures.values()],
    resources: [...resources.values()],
    functions: functions.size,
    operations: operationsOf(reachableOperations(model, concreteFunctions)),
  };
  return `${JSON.stringify(inspection, published, 2)}\n`;
}

function operationsOf(places: ReadonlyMap<string, Place>) {
  return [...places].map(([op, { functionName, node }]) => ({ op, function: functionName, node }));
}

/** A tensor's bytes are no use to a reader; concrete functions keep the name under which they were first published. */
function published(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return undefined;
  if (typeof value !== 'object' || value === null || !('concreteFunctions' in value)) return value;
  const { concreteFunctions, ...rest } = value;
  return { ...rest, traces: concreteFunctions };
}
