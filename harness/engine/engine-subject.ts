import type { Images } from '../images/picture.js';
import type { Size } from '../images/size.js';
import { listedTrainable } from '../savedmodel/listed-trainable.js';
import type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { CallPreparation } from './call-preparation.js';
import { CallRunner } from './call-runner.js';
import { changedFrom } from './changed-from.js';
import { changesOver } from './changes-over.js';
import { GradientEngine } from './gradient-engine.js';
import type { Imports } from './imports.js';
import { lossFunctions } from './losses.js';
import { emptyConvolutionChannels } from './lowering/empty-convolution.js';
import { modelImports } from './model-imports.js';
import { measureNoise } from './noise.js';
import { type Observation, Observer } from './observer.js';
import { outcomeOf } from './outcome-of.js';
import { outputIndex } from './output-index.js';
import { runTheSame } from './resolution.js';
import { ShapeGate } from './shape-gate.js';
import type { Arguments, Call, Gradients, Noise, OpenSubject, SequenceChanges, Tensor } from './subject.js';
import type { SubjectParts } from './subject-parts.js';
import { TimedEngine } from './timed-engine.js';
import { valuesOfLosses } from './values-of-losses.js';
import { VariableState } from './variable-state.js';

/** A Subject on real TensorFlow. */
export class EngineSubject implements OpenSubject {
  readonly model: SavedModel;
  readonly endpoint: Endpoint | undefined;
  readonly #parts: SubjectParts;
  readonly #engine: TimedEngine;
  readonly #preparation: CallPreparation;
  readonly #variables: VariableState;
  readonly #runner: CallRunner;
  readonly #gradients: GradientEngine;
  readonly #observer: Observer;
  #noise: Promise<Noise> | undefined;

  constructor(parts: SubjectParts) {
    const { model, contract, endpoint, lowered, helpers } = parts;
    const engine = new TimedEngine(parts.host);
    const preparation = new CallPreparation(model, contract, endpoint, lowered);
    const variables = new VariableState(model, lowered, engine);
    const shapes = new ShapeGate(model, lowered.folder, (work) => engine.send(work));
    this.model = model;
    this.endpoint = endpoint;
    this.#parts = parts;
    this.#engine = engine;
    this.#preparation = preparation;
    this.#variables = variables;
    this.#gradients = new GradientEngine({
      model: parts.readable,
      engine,
      folder: lowered.folder,
      addon: parts.graphAddon,
      losses: lossFunctions(model),
      variables: listedTrainable(model).filter((variable) => lowered.floating.includes(variable)),
    });
    const called = { endpoint, preparation, shapes, variables, engine };
    this.#runner = new CallRunner(called);
    this.#observer = new Observer({ ...called, model, lowered, helpers });
  }

  get pid(): number | undefined {
    return this.#parts.host.pid;
  }

  get spent(): OpenSubject['spent'] {
    const { calls, callMs } = this.#observer.spent;
    return { calls: calls + this.#runner.spent.calls, callMs: callMs + this.#runner.spent.callMs };
  }

  get deadline(): number {
    return this.#engine.deadline;
  }

  set deadline(deadline: number) {
    this.#engine.deadline = deadline;
    this.#observer.deadline = deadline;
  }

  async call(batch: Images, args: Arguments = {}): Promise<Tensor> {
    return (await this.#observe(batch, args)).output;
  }

  async changedBy(batch: Batch, args: Arguments = {}): Promise<readonly Variable[]> {
    return (await this.#observe(batch, args)).changed;
  }

  async sizeOf(file: string): Promise<Size> {
    const [shape] = (await this.#engine.send({ measure: file })).tensors;
    const [height = 0, width = 0] = shape?.values ?? [];
    return { height, width };
  }

  async imports(): Promise<Imports> {
    return modelImports(this.#parts, this.#engine);
  }

  async inARow(calls: readonly Call[]): Promise<Tensor[]> {
    return (await this.#runner.runFromRestored(calls)).tensors;
  }

  async *again(call: Call, steps: ReadonlyMap<Variable, number> = new Map()) {
    const ready = await this.#runner.ready(call);
    const generation =
      steps.size > 0 ? await this.#variables.perturbed(steps) : await this.#variables.restored();
    while (true) yield await this.#runner.run(ready, generation);
  }

  async expect(calls: readonly Call[], { ahead } = { ahead: false }): Promise<void> {
    const prepared = this.#runner.prepareAll(calls);
    await this.#runner.admitTogether(prepared);
    this.#observer.announce(ahead ? prepared : []);
  }

  foresee(checks: readonly (readonly Call[])[]): void {
    this.#observer.foresee(checks.map((calls) => this.#runner.prepareAll(calls)));
  }

  async computesEmptyBatches(): Promise<boolean> {
    const work = { values: [], fetch: [this.#parts.lowered.emptyConvolution] };
    const [shape] = (await this.#engine.send(work)).tensors;
    return shape?.values[3] === emptyConvolutionChannels;
  }

  async lossesAfter(calls: readonly Call[]): Promise<Tensor[]> {
    const { generation } = await this.#runner.runFromRestored(calls);
    return this.#losses(generation);
  }

  notFinite(): Promise<readonly Variable[]> {
    return this.#variables.notFinite();
  }

  async perturbed(variables: readonly Variable[], call: Call) {
    const ready = await this.#runner.ready(call);
    const generation = await this.#variables.perturbed(new Map(variables.map((variable) => [variable, 1])));
    const output = await this.#runner.run(ready, generation);
    return { output, losses: await this.#losses(generation) };
  }

  outcomeOf(...given: Parameters<OpenSubject['outcomeOf']>) {
    return outcomeOf({ runner: this.#runner, variables: this.#variables, model: this.model }, ...given);
  }

  changesOver(first: readonly Call[], then: readonly Call[]): Promise<SequenceChanges> {
    return changesOver({ runner: this.#runner, variables: this.#variables }, first, then);
  }

  changedFrom(...trial: Parameters<OpenSubject['changedFrom']>): Promise<readonly Variable[]> {
    return changedFrom({ runner: this.#runner, variables: this.#variables }, ...trial);
  }

  async gradientsAt(call: Call): Promise<Gradients> {
    const ready = await this.#runner.ready(call);
    return this.#gradients.at(ready, outputIndex(ready.concreteFunction, this.#parts.contract.endpoint));
  }

  concreteFunctionFor(batch: Batch, args: Arguments = {}): ConcreteFunction {
    return this.#preparation.resolve(batch, args).concreteFunction;
  }

  sameCall(batch: Batch, one: Arguments, other: Arguments): boolean {
    return runTheSame(this.#preparation.resolve(batch, one), this.#preparation.resolve(batch, other));
  }

  noise(): Promise<Noise> {
    this.#noise ??= measureNoise(this, this.#parts.contract);
    return this.#noise;
  }

  async close(): Promise<void> {
    await this.#parts.close();
  }

  /** What one call returns and changes; the same concrete function with the same values is run once. */
  async #observe(batch: Images, args: Arguments): Promise<Observation> {
    return this.#observer.observe(this.#preparation.prepare(batch, args));
  }

  #losses(generation: number): Promise<Tensor[]> {
    const lowered = lossFunctions(this.model).map((one) => this.#preparation.loweredFor(one));
    return valuesOfLosses(this.#engine, lowered, generation);
  }
}
