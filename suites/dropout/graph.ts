import { constantNumbers, constantShape } from '../../harness/savedmodel/dataflow/constant.js';
import type { Flow } from '../../harness/savedmodel/dataflow/flow.js';
import { notedShape } from '../../harness/savedmodel/dataflow/noted-shape.js';
import type { Frame, Operation, Origin, Tensor } from '../../harness/savedmodel/dataflow/tensor.js';
import type { SavedModel, Shape } from '../../harness/savedmodel/saved-model.js';
import { inferredShape } from './inferred-shape.js';

/** The result of an operation, one of its outputs. */
export type Result = Extract<Origin, { kind: 'result' }>;

/** The images among a trace's tensors: their place and shape. */
export type ImagesArgument = { readonly at: number; readonly shape: Shape };

type Model = Pick<SavedModel, 'variables' | 'resources' | 'graphNodes'>;

/** One trace as the walks here ask about it: its flow, with shapes and constants. */
export class Graph {
  readonly flow: Flow;
  readonly #images: ImagesArgument;
  readonly #model: Model;
  readonly #shapes = new Map<string, Shape>();
  readonly #assignments = new Map<Frame, ReadonlyMap<number, readonly Tensor[]>>();

  constructor(flow: Flow, images: ImagesArgument, model: Model) {
    this.flow = flow;
    this.#images = images;
    this.#model = model;
  }

  isImages(origin: Origin): boolean {
    return origin.kind === 'argument' && origin.at === this.#images.at;
  }

  /** Null where it is unknown, or branches differ. */
  shapeOf(tensor: Tensor): Shape {
    const [first = null, ...others] = this.flow.originsOf(tensor).map((origin) => this.shapeOfOrigin(origin));
    return others.every((shape) => shape?.join() === first?.join()) ? first : null;
  }

  shapeOfOrigin(origin: Origin): Shape {
    if (origin.kind === 'argument') return this.isImages(origin) ? this.#images.shape : null;
    if (origin.kind !== 'result') return notedShape(origin, this.#model);
    const key = resultKey(origin);
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    this.#shapes.set(key, null);
    const shape = this.#fullestShape(origin);
    this.#shapes.set(key, shape);
    return shape;
  }

  /** What an operation takes, in order. A variable that is read gives what the same function assigns to it. */
  inputsOf(operation: Operation): readonly Tensor[] {
    const inputs = this.flow.inputsOf(operation);
    const [handle] = inputs;
    if (operation.node.op !== 'ReadVariableOp' || handle === undefined) return inputs;
    return this.#captured(handle).flatMap((nodeId) => this.#assigned(operation.frame).get(nodeId) ?? []);
  }

  /** The shape of an operation's input. */
  inputShape(operation: Operation, position: number): Shape {
    const tensor = this.inputsOf(operation)[position];
    return tensor ? this.shapeOf(tensor) : null;
  }

  /** The numbers that an operation's input holds; undefined when they are computed. */
  inputNumbers(operation: Operation, position: number): readonly number[] | undefined {
    const tensor = this.inputsOf(operation)[position];
    return tensor && this.numbersIn(tensor);
  }

  /** The numbers of a constant; undefined for what is computed or given. */
  numbersIn(tensor: Tensor): readonly number[] | undefined {
    return constantNumbers(this.flow, tensor, this.#model);
  }

  /** A captured object that holds the same value in every call. */
  isConstant(nodeId: number): boolean {
    const kind = this.#model.resources.get(nodeId)?.kind;
    return kind === 'constant' || kind === 'asset';
  }

  #captured(handle: Tensor): readonly number[] {
    return this.flow
      .originsOf(handle)
      .flatMap((origin) => (origin.kind === 'capture' ? [origin.nodeId] : []));
  }

  /** What a function assigns to captured variables, by their node ids. */
  #assigned(frame: Frame): ReadonlyMap<number, readonly Tensor[]> {
    const known = this.#assignments.get(frame);
    if (known !== undefined) return known;
    const found = new Map<number, Tensor[]>();
    this.#assignments.set(frame, found);
    for (const node of frame.body.nodes.filter(({ op }) => /^Assign(Add|Sub)?VariableOp$/.test(op))) {
      const [handle, value] = this.flow.inputsOf({ frame, node });
      if (handle === undefined || value === undefined) continue;
      for (const nodeId of this.#captured(handle)) found.set(nodeId, [...(found.get(nodeId) ?? []), value]);
    }
    return found;
  }

  #fullestShape(result: Result): Shape {
    const noted = constantShape(result.operation.node) ?? notedShape(result, this.#model);
    if (noted !== null && !noted.includes(null)) return noted;
    const inferred = inferredShape(this, result);
    if (noted === null || inferred?.length !== noted.length) return noted ?? inferred;
    return noted.map((size, axis) => size ?? inferred[axis] ?? null);
  }
}

/** An operation in one frame, the same text whenever it is the same. */
export function operationKey({ frame, node }: Operation): string {
  return `${frame.id} ${node.name}`;
}

export function resultKey({ operation, output, index }: Result): string {
  return `${operationKey(operation)}:${output}:${index}`;
}
