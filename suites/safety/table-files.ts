import { Flow } from '../../harness/graph/flow/flow.js';
import { calleesOf } from '../../harness/graph/reachable.js';
import { nodeOf } from '../../harness/savedmodel/node-of.js';
import type { ConcreteFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { isAssetPath } from './asset-path.js';
import { type CallSite, mayBeRunOtherwise, type Reach } from './reach.js';
import type { Site } from './sites.js';

/** Whether an operation fills a table from an asset of the model, and from no other file, wherever it is called. */
export function readsOnlyAssets(reach: Reach, { node, functionName }: Site): boolean {
  if (!/^InitializeTableFromTextFile(V2)?$/.test(node.op) || functionName === undefined) return false;
  const { model } = reach;
  const [, filename] = node.inputs;
  const concreteFunctions = model.callables
    .map(({ concreteFunction }) => concreteFunction)
    .filter((concreteFunction) => concreteFunction.functionName === functionName);
  return (
    filename !== undefined &&
    concreteFunctions.length > 0 &&
    !mayBeRunOtherwise(model, new Set([functionName])) &&
    reach.callSitesOf(functionName).every((site) => passesAsset(reach, site, functionName, filename)) &&
    concreteFunctions.every((concreteFunction) => isAsset(model, concreteFunction, filename))
  );
}

/** A caller could give it the path of another file; the main graph may call it, with an asset. */
function passesAsset(
  reach: Reach,
  { node, scope }: CallSite,
  functionName: string,
  filename: string,
): boolean {
  const inputs = reach.model.functions.get(functionName)?.inputs ?? [];
  const argument = inputs.findIndex(({ name }) => name === nodeOf(filename));
  return (
    scope === undefined &&
    calleesOf(node).every((callee) => callee === functionName || callee === node.op) &&
    /^(Stateful)?PartitionedCall$/.test(node.op) &&
    isAssetPath(reach, node.inputs[argument] ?? '')
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
