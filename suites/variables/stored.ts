import type { Failure } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { compatibleShapes, shapeText } from '../../harness/savedmodel/shape.js';
import { usedVariables } from './used.js';

/** The variables whose values the contract promises: those that the model lists and those that the call uses. */
export function promisedVariables(model: SavedModel, contract: Contract): readonly Variable[] {
  const listed = [...(model.listedVariables ?? []), ...(model.trainableVariables ?? [])];
  const ids = new Set([...listed, ...usedVariables(model, contract)].map(({ nodeId }) => nodeId));
  return model.variables.filter(({ nodeId }) => ids.has(nodeId));
}

/** The promised variables that have no value in the checkpoint's index, or one of another dtype or shape. */
export function notStored(model: SavedModel, contract: Contract): Failure | undefined {
  const missing = promisedVariables(model, contract).filter((variable) => !isStored(variable));
  const [first] = missing;
  if (!first) return undefined;
  const { stored, dtype, shape, path } = first;
  const expected = `a value of ${dtype} ${shapeText(shape)} in the checkpoint`;
  const actual = stored ? `${stored.dtype} ${shapeText(stored.shape)}` : absence(model);
  return {
    status: 'fail',
    finding: { where: `variable ${path}`, expected, actual, remedy },
    explains: missing.map((variable) => ({ kind: 'value-missing', of: variable.path })),
  };
}

function isStored({ stored, dtype, shape }: Variable): boolean {
  return stored !== undefined && stored.dtype === dtype && compatibleShapes(shape, stored.shape);
}

const remedy =
  'Export the model again with tf.saved_model.save and copy the whole folder, variables/ included.';

/** A damaged checkpoint explains it. */
function absence({ notes }: SavedModel): string {
  return notes[0] === undefined ? 'no value' : `no value: ${notes[0]}`;
}
