import type { GraphNode, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { nodeOf } from './runners.js';

/**
 * Whether a text of the main graph is the path of an asset: the one that loading passes, or the variable that TensorFlow keeps
 * it in, where nothing else is ever written to that.
 */
export function isAssetPath(model: SavedModel, reference: string): boolean {
  const node = model.graphNodes.get(nodeOf(reference));
  if (node === undefined) return false;
  if (model.assetNodes.includes(node.name)) return true;
  const variable =
    node.op === 'ReadVariableOp' ? model.graphNodes.get(nodeOf(node.inputs[0] ?? '')) : undefined;
  return variable?.op === 'VarHandleOp' && isAlone(model, variable) && keepsAsset(model, variable);
}

/** Another handle of the same name would be the same variable. */
function isAlone({ graphNodes, functions }: SavedModel, variable: GraphNode): boolean {
  const nodes = [...graphNodes.values(), ...[...functions.values()].flatMap((one) => one.nodes)];
  const handles = nodes.filter(({ op }) => op === 'VarHandleOp');
  return handles.filter((one) => sharedName(one) === sharedName(variable)).length === 1;
}

function sharedName({ name, attributes }: GraphNode): string {
  const shared = attributes.get('shared_name');
  return shared?.kind === 'string' && shared.value !== '' ? shared.value : name;
}

/** All that uses it reads it, asks for it, or writes the path of an asset. */
function keepsAsset({ graphNodes, assetNodes }: SavedModel, variable: GraphNode): boolean {
  const users = [...graphNodes.values()].filter(({ inputs }) => inputs.map(nodeOf).includes(variable.name));
  return users.every(({ op, inputs }) => {
    if (op === 'AssignVariableOp') return assetNodes.includes(nodeOf(inputs[1] ?? ''));
    return op === 'ReadVariableOp' || op === 'VarIsInitializedOp';
  });
}
