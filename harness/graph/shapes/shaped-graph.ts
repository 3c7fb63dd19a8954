import type { SavedModel, Shape, Variable } from '../../savedmodel/saved-model.js';
import { capturedConstant, constantNumbers, constantShape, numbersOf } from '../flow/constant.js';
import type { Flow } from '../flow/flow.js';
import { recordedShape } from '../flow/recorded-shape.js';
import type { CallSite, Operation, Origin, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { holdsTensors } from './containers.js';
import { type Graph, type ImagesArgument, type Result, resultKey } from './graph.js';
import { inferredShape } from './inferred-shape.js';

type Model = Pick<SavedModel, 'variables' | 'resources' | 'graphNodes'>;

/** A Graph read from the files of a model. */
export class ShapedGraph implements Graph {
  readonly flow: Flow;
  readonly #images: ImagesArgument;
  readonly #model: Model;
  readonly #shapes = new Map<string, Shape>();
  readonly #assignments = new Map<CallSite, ReadonlyMap<number, readonly SymbolicTensor[]>>();

  constructor(flow: Flow, images: ImagesArgument, model: Model) {
    this.flow = flow;
    this.#images = images;
    this.#model = model;
  }

  isImages(origin: Origin): boolean {
    return origin.kind === 'argument' && origin.at === this.#images.at;
  }

  shapeOf(tensor: SymbolicTensor): Shape {
    const [first = null, ...others] = this.flow.originsOf(tensor).map((origin) => this.shapeOfOrigin(origin));
    return others.every((shape) => shape?.join() === first?.join()) ? first : null;
  }

  shapeOfOrigin(origin: Origin): Shape {
    if (origin.kind === 'argument') return this.isImages(origin) ? this.#images.shape : null;
    if (origin.kind === 'capture') return this.#capturedShape(origin.nodeId);
    if (origin.kind === 'unknown') return null;
    const key = resultKey(origin);
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    this.#shapes.set(key, null);
    const shape = this.#fullestShape(origin);
    this.#shapes.set(key, shape);
    return shape;
  }

  inputsOf(operation: Operation): readonly SymbolicTensor[] {
    const inputs = this.flow.inputsOf(operation);
    const [handle] = inputs;
    if (operation.node.op !== 'ReadVariableOp' || handle === undefined) return inputs;
    return this.#captured(handle).flatMap((nodeId) => this.#assigned(operation.callSite).get(nodeId) ?? []);
  }

  inputShape(operation: Operation, position: number): Shape {
    const tensor = this.inputsOf(operation)[position];
    return tensor ? this.shapeOf(tensor) : null;
  }

  inputNumbers(operation: Operation, position: number): readonly number[] | undefined {
    const tensor = this.inputsOf(operation)[position];
    return tensor && this.numbersIn(tensor);
  }

  numbersIn(tensor: SymbolicTensor): readonly number[] | undefined {
    return constantNumbers(this.flow, tensor, this.#model);
  }

  capturedNumbers(nodeId: number): readonly number[] {
    const constant = capturedConstant(nodeId, this.#model);
    const saved = this.variable(nodeId)?.number;
    return (constant && numbersOf(constant)?.values) ?? (saved === undefined ? [] : [saved]);
  }

  variable(nodeId: number): Variable | undefined {
    return this.#model.variables.find((one) => one.nodeId === nodeId);
  }

  isConstant(nodeId: number): boolean {
    const kind = this.#model.resources.get(nodeId)?.kind;
    return kind === 'constant' || kind === 'asset';
  }

  #capturedShape(nodeId: number): Shape {
    const resource = this.#model.resources.get(nodeId);
    const node = resource?.kind === 'constant' ? this.#model.graphNodes.get(resource.graphNode) : undefined;
    return this.variable(nodeId)?.shape ?? (node && constantShape(node)) ?? null;
  }

  #captured(handle: SymbolicTensor): readonly number[] {
    return this.flow
      .originsOf(handle)
      .flatMap((origin) => (origin.kind === 'capture' ? [origin.nodeId] : []));
  }

  /** What a function assigns to captured variables, by their node ids. */
  #assigned(callSite: CallSite): ReadonlyMap<number, readonly SymbolicTensor[]> {
    const known = this.#assignments.get(callSite);
    if (known !== undefined) return known;
    const found = new Map<number, SymbolicTensor[]>();
    this.#assignments.set(callSite, found);
    for (const node of callSite.body.nodes.filter(({ op }) => /^Assign(Add|Sub)?VariableOp$/.test(op))) {
      const [handle, value] = this.flow.inputsOf({ callSite, node });
      if (handle === undefined || value === undefined) continue;
      for (const nodeId of this.#captured(handle)) found.set(nodeId, [...(found.get(nodeId) ?? []), value]);
    }
    return found;
  }

  #fullestShape(result: Result): Shape {
    const noted = constantShape(result.operation.node) ?? recordedShape(result);
    if (noted?.length === 0 && holdsTensors(this.flow, result)) return null;
    if (noted !== null && !noted.includes(null)) return noted;
    const inferred = inferredShape(this, result);
    if (noted === null || inferred?.length !== noted.length) return noted ?? inferred;
    return noted.map((size, axis) => size ?? inferred[axis] ?? null);
  }
}
