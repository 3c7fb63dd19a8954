import type { Shape, Variable } from '../../savedmodel/saved-model.js';
import type { Flow } from '../flow/flow.js';
import type { Operation, Origin, SymbolicTensor } from '../flow/symbolic-tensor.js';

/** The result of an operation, one of its outputs. */
export type Result = Extract<Origin, { kind: 'result' }>;

/** The images among a concrete function's tensors: their place and shape. */
export type ImagesArgument = { readonly at: number; readonly shape: Shape };

/** One concrete function as the analyses see it: its flow, with shapes and constants. */
export interface Graph {
  readonly flow: Flow;
  isImages(origin: Origin): boolean;
  /** Null where it is unknown, or branches differ. */
  shapeOf(tensor: SymbolicTensor): Shape;
  shapeOfOrigin(origin: Origin): Shape;
  /** The inputs of an operation, in order. A read of a variable returns what the same function assigns to it. */
  inputsOf(operation: Operation): readonly SymbolicTensor[];
  /** The shape of an operation's input. */
  inputShape(operation: Operation, position: number): Shape;
  /** The numbers that an operation's input holds; undefined when they are computed. */
  inputNumbers(operation: Operation, position: number): readonly number[] | undefined;
  /** The numbers of a constant; undefined for what is computed or given. */
  numbersIn(tensor: SymbolicTensor): readonly number[] | undefined;
  /** The numbers of a captured constant, or the one that a captured variable is saved with. */
  capturedNumbers(nodeId: number): readonly number[];
  /** Undefined for a captured object that is none. */
  variable(nodeId: number): Variable | undefined;
  /** A captured object that holds the same value in every call. */
  isConstant(nodeId: number): boolean;
}

/** An operation at one call site, the same text whenever it is the same. */
export function operationKey({ callSite, node }: Operation): string {
  return `${callSite.id} ${node.name}`;
}

export function resultKey({ operation, output, index }: Result): string {
  return `${operationKey(operation)}:${output}:${index}`;
}
