import type { Contract } from '../../harness/contract/contract.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { compatibleShapes, shapeText } from '../../harness/savedmodel/shape.js';
import type { Finding } from '../../harness/verdict/run.js';
import { usedVariables } from './used.js';

/** The variables whose values the contract promises: those that the model lists and those that the call uses. */
export function promisedVariables(model: SavedModel, contract: Contract): readonly Variable[] {
  const listed = [...(model.listedVariables ?? []), ...(model.trainableVariables ?? [])];
  const ids = new Set([...listed, ...usedVariables(model, contract)].map(({ nodeId }) => nodeId));
  return model.variables.filter(({ nodeId }) => ids.has(nodeId));
}

/** A promised variable that has no value in the checkpoint's index, or one of another dtype or shape. */
export function notStored(model: SavedModel, contract: Contract): Finding | undefined {
  for (const variable of promisedVariables(model, contract)) {
    const { stored, dtype, shape, path } = variable;
    const expected = `a value of ${dtype} ${shapeText(shape)} in the checkpoint`;
    const where = `variable ${path}`;
    if (stored === undefined) return { where, expected, actual: absence(model), remedy };
    if (stored.dtype === dtype && compatibleShapes(shape, stored.shape)) continue;
    return { where, expected, actual: `${stored.dtype} ${shapeText(stored.shape)}`, remedy };
  }
  return undefined;
}

const remedy =
  'Export the model again with tf.saved_model.save and copy the whole folder, variables/ included.';

/** A damaged checkpoint explains it. */
function absence({ notes }: SavedModel): string {
  return notes[0] === undefined ? 'no value' : `no value: ${notes[0]}`;
}
