import {
  everyTrace,
  type Place,
  reachableOperations,
  withInitialisers,
} from '../../harness/savedmodel/reachable.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';

/** All that was read, as JSON: endpoints, variables and resources as lists, operations with a place for each. */
export function inspectionJson(model: SavedModel, digest: string): string {
  const { functions, graphNodes, libraryBytes, graphVersions, methods, signatures, resources, ...rest } =
    model;
  const traces = withInitialisers(model, everyTrace(model));
  const inspection = {
    digest,
    ...rest,
    methods: [...methods.values()],
    signatures: [...signatures.values()],
    resources: [...resources.values()],
    functions: functions.size,
    operations: operationsOf(reachableOperations(model, traces)),
  };
  return `${JSON.stringify(inspection, undefinedBytes, 2)}\n`;
}

function operationsOf(places: ReadonlyMap<string, Place>) {
  return [...places].map(([op, { functionName, node }]) => ({ op, function: functionName, node }));
}

/** A tensor's bytes are no use to a reader. */
function undefinedBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? undefined : value;
}
