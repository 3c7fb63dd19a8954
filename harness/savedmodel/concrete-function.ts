import type { SavedConcreteFunction } from './gen/object_graph_pb.js';
import { entriesOf, itemsOf, pythonValueOf } from './python-value.js';
import type { ConcreteFunction } from './saved-model.js';

/** A concrete function as it was traced; the stored signature is a pair of positional and keyword arguments. */
export function concreteFunctionOf(functionName: string, stored: SavedConcreteFunction): ConcreteFunction {
  const [positional, keyword] = itemsOf(pythonValueOf(stored.canonicalizedInputSignature));
  return {
    functionName,
    positional: itemsOf(positional),
    keyword: entriesOf(keyword),
    captures: stored.boundInputs,
    output: pythonValueOf(stored.outputSignature),
  };
}
