import type { Contract } from '../contract/contract.js';
import type { Images } from '../images/picture.js';
import type { CallArguments } from '../savedmodel/call/given.js';
import { resolveCall } from '../savedmodel/call/resolve.js';
import type { ConcreteFunction, Endpoint, SavedModel } from '../savedmodel/saved-model.js';
import { CallFailed, CallRefused, EngineError } from './failures.js';
import type { LoweredFunction } from './lowering/calls.js';
import type { Lowered } from './lowering/lower.js';
import type { CallShapes } from './lowering/shapes.js';
import { restorable } from './lowering/variables.js';
import { outputIndex } from './output-index.js';
import type { FedValue, Fetched, Run } from './process/messages.js';
import type { Arguments, Tensor } from './subject.js';

/** A prepared call: its concrete function, what to feed, what to fetch. */
export type Prepared = {
  readonly concreteFunction: ConcreteFunction;
  readonly run: Run;
  readonly shapes: CallShapes;
  readonly read: (tensors: readonly Fetched[]) => Tensor;
};

/** Prepares calls: finds their concrete function as Python does, and what to feed and to fetch. */
export class Preparation {
  readonly #model: SavedModel;
  readonly #contract: Contract;
  readonly #endpoint: Endpoint | undefined;
  readonly #lowered: Lowered;

  constructor(model: SavedModel, contract: Contract, endpoint: Endpoint | undefined, lowered: Lowered) {
    this.#model = model;
    this.#contract = contract;
    this.#endpoint = endpoint;
    this.#lowered = lowered;
  }

  resolve(batch: Images, args: Arguments) {
    if (!this.#endpoint) throw new CallRefused('The model has no such endpoint.');
    const shape = [batch.count, batch.height, batch.width, 3];
    const resolution = resolveCall(
      this.#endpoint,
      { dtype: 'float32', shape },
      pythonArguments(args, this.#contract),
    );
    if (resolution.kind === 'refused') throw new CallRefused(resolution.message);
    return resolution;
  }

  prepare(batch: Images, args: Arguments): Prepared {
    const resolution = this.resolve(batch, args);
    const lowered = this.loweredFor(resolution.concreteFunction);
    const values: FedValue[] = [];
    const shapes: (readonly number[])[] = [];
    let images: Run['images'];
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
    const output = lowered.outputs[outputIndex(resolution.concreteFunction, this.#contract.endpoint)];
    if (!output) throw new CallFailed('The call returns no tensor.');
    const read = ([fetched]: readonly Fetched[]) => tensorOf(output, fetched);
    return {
      concreteFunction: resolution.concreteFunction,
      run: { ...(images ? { images } : {}), values, fetch: [output.fetch] },
      shapes,
      read,
    };
  }

  loweredFor(concreteFunction: ConcreteFunction): LoweredFunction {
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
      );
    return lowered;
  }
}

/** What was fetched, as the tensor that the function returned. */
export function tensorOf(output: LoweredFunction['outputs'][number], fetched: Fetched | undefined): Tensor {
  if (!fetched) throw new CallFailed('The call returned no tensor.');
  if (output.gives === 'shape')
    return { dtype: output.dtype, shape: [...fetched.values], values: new Float32Array() };
  return { dtype: output.dtype, shape: fetched.shape, values: Float32Array.from(fetched.values) };
}

/** A whole number for a hyperparameter of type float is Python's 1.0, not its 1. */
export function pythonArguments(args: Arguments, { hyperparameters }: Contract): CallArguments {
  const floats = new Set(hyperparameters.filter(({ type }) => type === 'float').map(({ name }) => name));
  const entries = Object.entries(args).map(([name, value]) => {
    return [name, typeof value === 'number' && floats.has(name) ? { kind: 'float', value } : value] as const;
  });
  return Object.fromEntries(entries) as CallArguments;
}
