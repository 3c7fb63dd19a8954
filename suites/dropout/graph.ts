import { constantNumbers } from '../../harness/savedmodel/dataflow/constant.js';
import type { Flow } from '../../harness/savedmodel/dataflow/flow.js';
import { staticShape } from '../../harness/savedmodel/dataflow/static-shape.js';
import type { Operation, Origin, Tensor } from '../../harness/savedmodel/dataflow/tensor.js';
import type { SavedModel, Shape } from '../../harness/savedmodel/saved-model.js';

/** The result of an operation, one of its outputs. */
export type Result = Extract<Origin, { kind: 'result' }>;

/** One trace as the walks here ask about it: its flow, with shapes and constants. */
export class Graph {
  readonly flow: Flow;
  /** Which of the trace's tensors are the images. */
  readonly imagesAt: number;
  readonly #model: SavedModel;

  constructor(flow: Flow, imagesAt: number, model: SavedModel) {
    this.flow = flow;
    this.imagesAt = imagesAt;
    this.#model = model;
  }

  /** Null where the files don't say, or branches differ. */
  shapeOf(tensor: Tensor): Shape {
    const [first = null, ...others] = this.flow.originsOf(tensor).map((origin) => this.shapeOfOrigin(origin));
    return others.every((shape) => shape?.join() === first?.join()) ? first : null;
  }

  shapeOfOrigin(origin: Origin): Shape {
    return staticShape(origin, this.#model);
  }

  /** The shape of an operation's input. */
  inputShape(operation: Operation, position: number): Shape {
    const tensor = this.flow.inputsOf(operation)[position];
    return tensor ? this.shapeOf(tensor) : null;
  }

  /** The numbers that an operation's input holds; undefined when they are computed. */
  inputNumbers(operation: Operation, position: number): readonly number[] | undefined {
    return constantNumbers(this.flow, this.flow.inputsOf(operation)[position], this.#model);
  }

  /** A captured object that holds the same value in every call. */
  isConstant(nodeId: number): boolean {
    const kind = this.#model.resources.get(nodeId)?.kind;
    return kind === 'constant' || kind === 'asset';
  }
}

/** An operation in one frame, the same text whenever it is the same. */
export function operationKey({ frame, node }: Operation): string {
  return `${frame.id} ${node.name}`;
}
