import { decode } from '../decode.js';
import { AttrValueSchema, type FunctionDef, FunctionDefSchema } from '../gen/graph_pb.js';
import type { ObjectGraph } from '../object-graph.js';
import type { ConcreteFunction, LibraryFunction, PythonValue, Shape } from '../saved-model.js';
import { attributeOf } from './attribute.js';

/**
 * The object graph, in which concrete functions without a stored signature, as `prune` makes them, take the tensors that their
 * graphs take. Python calls them so. Source: `_call_with_flat_signature` in
 * tensorflow/python/eager/polymorphic_function/concrete_function.py.
 */
export function withTensorsOfPruned(
  objects: ObjectGraph,
  functions: ReadonlyMap<string, LibraryFunction>,
): ObjectGraph {
  const concreteFunctions = new Map(
    [...objects.concreteFunctions].map(([name, one]) => {
      const input = objects.signatures.get(name)?.canonicalizedInputSignature;
      const pruned = input?.kind.case === 'noneValue' ? functions.get(name) : undefined;
      return [name, pruned ? { ...one, positional: tensorsOf(pruned, one) } : one] as const;
    }),
  );
  return { ...objects, concreteFunctions };
}

/** The captures are the last of the inputs. */
function tensorsOf({ inputs, bytes }: LibraryFunction, { captures }: ConcreteFunction): PythonValue[] {
  const stored = decode(FunctionDefSchema, bytes, 'a function of its library');
  return inputs
    .slice(0, Math.max(0, inputs.length - captures.length))
    .map(({ name, dtype }, at) => ({ kind: 'tensor', name, dtype, shape: shapeOfInput(stored, at) }));
}

/** As it was traced; unknown where that is not stored. */
function shapeOfInput({ argAttr }: FunctionDef, at: number): Shape {
  const bytes = argAttr[at]?.attr._output_shapes;
  const shapes = bytes && attributeOf(decode(AttrValueSchema, bytes, 'an input of its library'));
  const [first] = shapes?.kind === 'list' ? shapes.items : [];
  return first?.kind === 'shape' ? first.value : null;
}
