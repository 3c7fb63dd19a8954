import type { Contract } from '../contract/contract.js';
import type { Images } from '../images/picture.js';
import type { ConcreteFunction, Endpoint, PythonValue, SavedModel } from '../savedmodel/saved-model.js';
import { compatibleShapes, shapeText } from '../savedmodel/shape.js';
import type { LoweredFunction } from './lowering/calls.js';
import type { Lowered } from './lowering/lower.js';
import type { CallShapes } from './lowering/shapes.js';
import { restorable } from './lowering/variables.js';
import { leavesOf, outputIndex } from './output-index.js';
import { CallFailed, EngineError, type UnansweredCall } from './process/failures.js';
import type { FedValue, Fetched, SessionRun } from './process/messages.js';
import { type Resolved, resolvedCall } from './resolution.js';
import type { Arguments, Tensor } from './subject.js';

/** A prepared call: its concrete function, what to feed, what to fetch. */
export type PreparedCall = {
  readonly concreteFunction: ConcreteFunction;
  /** Of the names of its nodes in the lowered model. */
  readonly prefix: string;
  readonly call: UnansweredCall;
  readonly run: SessionRun;
  readonly shapes: CallShapes;
  readonly read: (tensors: readonly Fetched[]) => Tensor;
};

/** Prepares calls: finds their concrete function as Python does, and what to feed and to fetch. */
export class CallPreparation {
  readonly #model: SavedModel;
  readonly #contract: Contract;
  readonly #endpoint: Endpoint | undefined;
  readonly #lowered: Lowered;
  readonly #usable = new Map<ConcreteFunction, LoweredFunction>();
  /** Checks ask for the same calls again and again. */
  readonly #resolved = new Map<string, Resolved>();

  constructor(model: SavedModel, contract: Contract, endpoint: Endpoint | undefined, lowered: Lowered) {
    this.#model = model;
    this.#contract = contract;
    this.#endpoint = endpoint;
    this.#lowered = lowered;
  }

  /** @throws CallRefused */
  resolve(batch: Images, args: Arguments): Resolved {
    const key = keyOf(batch, args);
    const resolved = this.#resolved.get(key) ?? resolvedCall(this.#endpoint, this.#contract, batch, args);
    this.#resolved.set(key, resolved);
    return resolved;
  }

  prepare(batch: Images, args: Arguments): PreparedCall {
    const resolution = this.resolve(batch, args);
    const lowered = this.loweredFor(resolution.concreteFunction);
    const values: FedValue[] = [];
    const shapes: (readonly number[])[] = [];
    let images: SessionRun['images'];
    for (const [index, source] of resolution.tensors.entries()) {
      const input = lowered.inputs[index];
      if (!input) throw new EngineError('unsupported', `The concrete function has no input ${index}.`);
      if (source.kind === 'images') {
        images = { feed: input.feed, batch };
        shapes.push([batch.count, batch.height, batch.width, 3]);
      } else {
        values.push({ feed: input.feed, dtype: input.feedDtype, shape: source.shape, values: source.values });
        shapes.push(source.shape);
      }
    }
    const { concreteFunction } = resolution;
    const place = outputIndex(concreteFunction, this.#contract.endpoint);
    const output = lowered.outputs[place];
    if (!output) throw new CallFailed('The call returns no tensor.', { batch, args });
    const read = ([fetched]: readonly Fetched[]) =>
      asNoted(tensorOf(output, fetched), leavesOf(concreteFunction.output)[place]?.value, { batch, args });
    return {
      concreteFunction,
      prefix: lowered.prefix,
      call: { batch, args },
      run: { ...(images ? { images } : {}), values, fetch: [output.fetch] },
      shapes,
      read,
    };
  }

  /** @throws EngineError for one that cannot be run here, or that captures a variable without a value */
  loweredFor(concreteFunction: ConcreteFunction): LoweredFunction {
    const usable = this.#usable.get(concreteFunction) ?? this.#usableFor(concreteFunction);
    this.#usable.set(concreteFunction, usable);
    return usable;
  }

  #usableFor(concreteFunction: ConcreteFunction): LoweredFunction {
    const { concreteFunctions, unsupported } = this.#lowered;
    const lowered = concreteFunctions.get(concreteFunction);
    if (!lowered)
      throw new EngineError(
        'unsupported',
        unsupported.get(concreteFunction) ?? 'This concrete function cannot be run here.',
      );
    const used = new Set(concreteFunction.captures);
    const lost = this.#model.variables.find((variable) => used.has(variable.nodeId) && !restorable(variable));
    if (lost)
      throw new EngineError(
        'value-missing',
        `The variable ${lost.path || lost.name} has no usable value in the checkpoint, so the call cannot be run.`,
        lost.path,
      );
    return lowered;
  }
}

/** All that a call's concrete function and values depend on; unlike JSON, it tells -0 from 0, and NaN from infinity. */
function keyOf({ count, height, width }: Images, args: Arguments): string {
  const texts = Object.entries(args).map(([name, value]) => [name, Object.is(value, -0) ? '-0' : `${value}`]);
  return JSON.stringify([count, height, width, texts]);
}

/** Python gives a result the shape that the file notes for it. @throws CallFailed where it can't, for which Python raises ValueError */
function asNoted(tensor: Tensor, noted: PythonValue | undefined, call: UnansweredCall): Tensor {
  if (noted?.kind !== 'tensor' || compatibleShapes(noted.shape, tensor.shape)) return tensor;
  const shapes = `${shapeText(tensor.shape)}, and saved_model.pb notes ${shapeText(noted.shape)}`;
  throw new CallFailed(`The result has shape ${shapes}; Python raises ValueError.`, call);
}

/** What was fetched, as the tensor that the function returned. */
export function tensorOf(output: LoweredFunction['outputs'][number], fetched: Fetched | undefined): Tensor {
  if (!fetched) throw new CallFailed('The call returned no tensor.');
  if (output.gives === 'shape')
    return { dtype: output.dtype, shape: [...fetched.values], values: new Float32Array() };
  return { dtype: output.dtype, shape: fetched.shape, values: Float32Array.from(fetched.values) };
}
