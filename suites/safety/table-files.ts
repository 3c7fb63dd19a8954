import { Flow } from '../../harness/graph/flow/flow.js';
import { calleesOf } from '../../harness/graph/reachable.js';
import type { ConcreteFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { isAssetPath } from './asset-path.js';
import { mayBeSwapped, nodeOf, runnersOf } from './runners.js';
import type { Site } from './sites.js';

/** Whether an operation fills a table from an asset of the model, and from no other file, wherever it is called. */
export function readsOnlyAssets(model: SavedModel, { node, functionName }: Site): boolean {
  if (!/^InitializeTableFromTextFile(V2)?$/.test(node.op) || functionName === undefined) return false;
  const [, filename] = node.inputs;
  const concreteFunctions = model.callables
    .map(({ concreteFunction }) => concreteFunction)
    .filter((concreteFunction) => concreteFunction.functionName === functionName);
  return (
    filename !== undefined &&
    concreteFunctions.length > 0 &&
    isCalledOnAssets(model, functionName, filename) &&
    concreteFunctions.every((concreteFunction) => isAsset(model, concreteFunction, filename))
  );
}

/** A caller could give it the path of another file; the main graph may call it, with an asset. */
function isCalledOnAssets(model: SavedModel, functionName: string, filename: string): boolean {
  const { functions, nodes } = runnersOf(model, functionName);
  const gradients = [...model.customGradients.values(), ...model.functionGradients];
  if (functions.size > 1 || mayBeSwapped(model, functions) || gradients.includes(functionName)) return false;
  const inputs = model.functions.get(functionName)?.inputs ?? [];
  const argument = inputs.findIndex(({ name }) => name === nodeOf(filename));
  return nodes.every(
    (node) =>
      calleesOf(node).every((callee) => callee === functionName || callee === node.op) &&
      /^(Stateful)?PartitionedCall$/.test(node.op) &&
      isAssetPath(model, node.inputs[argument] ?? ''),
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
