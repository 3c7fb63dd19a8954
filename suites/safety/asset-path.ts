import { nodeOf } from '../../harness/savedmodel/node-of.js';
import { type Reach, variableOf } from './reach.js';

/**
 * Whether a text of the main graph is the path of an asset: the one that loading passes, or the variable that TensorFlow keeps
 * it in, where nothing else is ever written to that.
 */
export function isAssetPath(reach: Reach, reference: string): boolean {
  const { assetNodes, graphNodes } = reach.model;
  const node = graphNodes.get(nodeOf(reference));
  if (node === undefined) return false;
  if (assetNodes.includes(node.name)) return true;
  const variable = node.op === 'ReadVariableOp' ? graphNodes.get(nodeOf(node.inputs[0] ?? '')) : undefined;
  return (
    variable?.op === 'VarHandleOp' &&
    reach.handlesOf(variableOf(variable)) === 1 &&
    keepsAsset(reach, variable.name)
  );
}

/** All that uses a variable reads it, asks for it, or writes the path of an asset. */
function keepsAsset(reach: Reach, variable: string): boolean {
  return reach.consumersOf(variable).every(({ op, inputs }) => {
    if (op === 'AssignVariableOp') return reach.model.assetNodes.includes(nodeOf(inputs[1] ?? ''));
    return op === 'ReadVariableOp' || op === 'VarIsInitializedOp';
  });
}
