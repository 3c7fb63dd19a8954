import { Flow } from '../../harness/savedmodel/dataflow/flow.js';
import type { SavedModel, Trace } from '../../harness/savedmodel/saved-model.js';
import type { Site } from './sites.js';

/** Whether an operation fills a table from an asset of the model, and from no other file, wherever it is called. */
export function readsOnlyAssets(model: SavedModel, { node, functionName }: Site): boolean {
  if (!/^InitializeTableFromTextFile(V2)?$/.test(node.op)) return false;
  const [, filename] = node.inputs;
  const traces = model.callables
    .map(({ trace }) => trace)
    .filter((trace) => trace.functionName === functionName);
  return (
    filename !== undefined && traces.length > 0 && traces.every((trace) => isAsset(model, trace, filename))
  );
}

function isAsset(model: SavedModel, trace: Trace, reference: string): boolean {
  const flow = new Flow(model, trace);
  const origins = flow.root ? flow.originsOf({ frame: flow.root, reference }) : [];
  return origins.every(
    (origin) => origin.kind === 'capture' && model.resources.get(origin.nodeId)?.kind === 'asset',
  );
}
