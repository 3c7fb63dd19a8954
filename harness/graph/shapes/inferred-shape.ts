import type { Shape } from '../../savedmodel/saved-model.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { positionOf } from '../ops/arguments.js';
import { factsOf } from '../ops/catalogue.js';
import type { OperationFacts } from '../ops/operation-facts.js';
import { valuesBehind } from '../ops/values-behind.js';
import { axesReduced } from './axes.js';
import type { Graph, Result } from './graph.js';
import { windowShape } from './window-shape.js';

/**
 * The shape of a result where the files don't record it, as in functions of TensorFlow 1, inferred from its inputs
 * as far as the walk to the output needs it. Null: unknown.
 */
export function inferredShape(graph: Graph, result: Result): Shape {
  const { operation, index } = result;
  const { op } = operation.node;
  const facts = factsOf(op);
  if (op === 'ReadVariableOp') return shapeOf(graph, graph.flow.inputsOf(operation)[0]);
  if (op.startsWith('LookupTableFind'))
    return chained(graph.inputShape(operation, 1), graph.inputShape(operation, 2));
  const ensured = op === 'EnsureShape' ? operation.node.attributes.get('shape') : undefined;
  if (ensured?.kind === 'shape') return ensured.value;
  if (facts?.held !== undefined) return shapeHeldBy(graph, inputNamed(graph, operation, facts, facts.held));
  if (facts?.like !== undefined) return shapeOf(graph, inputNamed(graph, operation, facts, facts.like));
  switch (facts?.units) {
    case 'same':
    case 'elementwise':
      return broadcast(graph, operation, valuesBehind(facts, index, graph.inputsOf(operation).length));
    case 'reduces':
      return withoutReduced(graph, operation);
    case 'keeps':
      return (
        windowShape(graph, operation) ??
        ofRank(graph.inputShape(operation, valuesBehind(facts, index, 1)[0] ?? 0))
      );
    default:
      return windowShape(graph, operation);
  }
}

function inputNamed(graph: Graph, operation: Operation, { takes }: OperationFacts, name: string) {
  const position = positionOf(takes, name);
  return position === undefined ? undefined : graph.inputsOf(operation).at(position);
}

function shapeOf(graph: Graph, tensor: SymbolicTensor | undefined): Shape {
  return tensor ? graph.shapeOf(tensor) : null;
}

/** A shape of which no more than the rank is known. */
function ofRank(shape: Shape): Shape {
  return shape?.map(() => null) ?? null;
}

function broadcast(graph: Graph, operation: Operation, positions: readonly number[]): Shape {
  const shapes = positions.map((position) => graph.inputShape(operation, position));
  return shapes.reduce(joined, []);
}

function joined(one: Shape, other: Shape): Shape {
  if (one === null || other === null) return null;
  const rank = Math.max(one.length, other.length);
  return Array.from({ length: rank }, (_, at) => {
    const [a = 1, b = 1] = [one[at - rank + one.length], other[at - rank + other.length]];
    return a === 1 ? b : a;
  });
}

function withoutReduced(graph: Graph, operation: Operation): Shape {
  const shape = graph.inputShape(operation, 0);
  const gone = axesReduced(graph, { operation });
  if (shape === null || gone === undefined) return null;
  const kept = operation.node.attributes.get('keep_dims');
  const keeps = kept?.kind === 'bool' && kept.value;
  return shape.flatMap((size, axis) =>
    gone.includes(shape.length - 1 - axis) ? (keeps ? [1] : []) : [size],
  );
}

/** The shape given by a vector of sizes, as far as it is constant or the shape of something known. */
function shapeHeldBy(graph: Graph, sizes: SymbolicTensor | undefined): Shape {
  const [origin, ...others] = sizes ? graph.flow.originsOf(sizes) : [];
  const numbers = sizes && graph.numbersIn(sizes);
  if (numbers !== undefined) return numbers.map(size);
  if (sizes === undefined || origin?.kind !== 'result' || others.length > 0) return unknownOf(graph, sizes);
  const { operation, index } = origin;
  const inputs = graph.inputsOf(operation);
  switch (operation.node.op) {
    case 'Shape':
    case 'ShapeN':
      return graph.inputShape(operation, index);
    case 'Identity':
    case 'Cast':
      return shapeHeldBy(graph, inputs[0]);
    case 'Pack':
      return inputs.map((each) => sizeIn(graph, each));
    case 'GatherV2':
      return chosenFrom(shapeHeldBy(graph, inputs[0]), graph.inputNumbers(operation, 1));
    case 'ConcatV2':
      return inputs.slice(0, -1).reduce<Shape>((all, each) => chained(all, shapeHeldBy(graph, each)), []);
    default:
      return unknownOf(graph, sizes);
  }
}

/** One size: a constant, a place in the shape of something known, or the product of several. */
function sizeIn(graph: Graph, tensor: SymbolicTensor): number | null {
  const [constant] = graph.numbersIn(tensor) ?? [];
  if (constant !== undefined) return size(constant);
  const [origin, ...others] = graph.flow.originsOf(tensor);
  if (origin?.kind !== 'result' || others.length > 0) return null;
  const { op } = origin.operation.node;
  const [from, begin] = graph.inputsOf(origin.operation);
  if (op === 'Prod') return shapeHeldBy(graph, from)?.reduce(times, 1) ?? null;
  if (op !== 'StridedSlice') return null;
  const [at] = (begin && graph.numbersIn(begin)) ?? [];
  return at === undefined ? null : (shapeHeldBy(graph, from)?.at(at) ?? null);
}

function times(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one * other;
}

function chosenFrom(sizes: Shape, places: readonly number[] | undefined): Shape {
  return places?.map((at) => sizes?.at(at) ?? null) ?? null;
}

function chained(one: Shape, other: Shape): Shape {
  return one === null || other === null ? null : [...one, ...other];
}

/** As many unknown sizes as the vector is long. */
function unknownOf(graph: Graph, sizes: SymbolicTensor | undefined): Shape {
  const count = sizes && graph.shapeOf(sizes)?.[0];
  return count === undefined || count === null ? null : Array.from({ length: count }, () => null);
}

function size(number: number): number | null {
  return number < 0 ? null : number;
}
