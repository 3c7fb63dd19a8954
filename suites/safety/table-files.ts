import { Flow } from '../../harness/graph/flow/flow.js';
import { calleesOf } from '../../harness/graph/reachable.js';
import type { ConcreteFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Site } from './sites.js';

/** Whether an operation fills a table from an asset of the model, and from no other file, wherever it is called. */
export function readsOnlyAssets(model: SavedModel, { node, functionName }: Site): boolean {
  if (!/^InitializeTableFromTextFile(V2)?$/.test(node.op)) return false;
  const [, filename] = node.inputs;
  const concreteFunctions = model.callables
    .map(({ concreteFunction }) => concreteFunction)
    .filter((concreteFunction) => concreteFunction.functionName === functionName);
  return (
    filename !== undefined &&
    concreteFunctions.length > 0 &&
    !isCalledInside(model, functionName) &&
    concreteFunctions.every((concreteFunction) => isAsset(model, concreteFunction, filename))
  );
}

/** A caller could give it the path of another file. */
function isCalledInside({ functions }: SavedModel, name: string | undefined): boolean {
  return [...functions.values()].some(({ nodes }) =>
    nodes.some((node) => calleesOf(node).some((callee) => callee === name)),
  );
}

function isAsset(model: SavedModel, concreteFunction: ConcreteFunction, reference: string): boolean {
  const flow = new Flow(model, concreteFunction);
  const origins = flow.root ? flow.originsOf({ callSite: flow.root, reference }) : [];
  return (
    origins.length > 0 &&
    origins.every(
      (origin) => origin.kind === 'capture' && model.resources.get(origin.nodeId)?.kind === 'asset',
    )
  );
}
