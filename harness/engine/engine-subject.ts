import type { Images } from '../images/picture.js';
import type { Size } from '../images/size.js';
import type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { Beside, type Further } from './beside.js';
import { changedFrom } from './changed-from.js';
import { changesOver } from './changes-over.js';
import type { Imports } from './imports.js';
import { lossFunctions } from './losses.js';
import { emptyConvolutionChannels } from './lowering/empty-convolution.js';
import { modelImports } from './model-imports.js';
import { measureNoise } from './noise.js';
import type { Observation } from './observer.js';
import type { EarlyWork, OpenSubject } from './open-subject.js';
import { type Opened, opened } from './opened.js';
import { outcomeOf } from './outcome-of.js';
import { outputIndex } from './output-index.js';
import { runTheSame } from './resolution.js';
import type { Arguments, Call, Gradients, Noise, Perturbation, Tensor } from './subject.js';
import type { SubjectParts } from './subject-parts.js';
import { valuesOfLosses } from './values-of-losses.js';

/** A Subject on real TensorFlow. */
export class EngineSubject implements OpenSubject {
  readonly model: SavedModel;
  readonly endpoint: Endpoint | undefined;
  readonly #parts: SubjectParts;
  readonly #opened: Opened;
  readonly #beside: Beside;
  #noise: Promise<Noise> | undefined;

  /** `first`: the model's first process, for one of a further process. */
  constructor(parts: SubjectParts, first?: Opened) {
    this.model = parts.model;
    this.endpoint = parts.endpoint;
    this.#parts = parts;
    this.#beside = new Beside(parts, (further) => this.#further(further));
    this.#opened = opened(parts, () => this.#beside.another(), first);
  }

  early<T>(works: readonly EarlyWork<T>[]): (at: number) => Promise<T | undefined> {
    const hides = this.#opened.observer.hides(this.endpoint?.concreteFunctions ?? []);
    return this.#beside.early(hides ? [] : works, this.#opened.ledger);
  }

  /** In a further process. */
  #further(parts: SubjectParts): Further {
    const subject = new EngineSubject(parts, this.#opened);
    const recorded = <T>(work: EarlyWork<T>) => {
      // Whoever needs the noise is charged for it, as if nobody had measured it before.
      subject.#noise = undefined;
      return subject.#opened.ledger.recorded(() => work(subject));
    };
    return { subject, lane: subject.#opened, recorded };
  }

  get pid(): number | undefined {
    return this.#parts.host.pid;
  }

  get spent(): OpenSubject['spent'] {
    return this.#opened.ledger.spent;
  }

  get deadline(): number {
    return this.#opened.engine.deadline;
  }

  set deadline(deadline: number) {
    this.#opened.engine.deadline = deadline;
    this.#opened.observer.deadline = deadline;
  }

  async call(batch: Images, args: Arguments = {}): Promise<Tensor> {
    return (await this.#observe(batch, args)).output;
  }

  async changedBy(batch: Batch, args: Arguments = {}): Promise<readonly Variable[]> {
    return (await this.#observe(batch, args)).changed;
  }

  async sizeOf(file: string): Promise<Size> {
    const [shape] = (await this.#opened.engine.send({ measure: file })).tensors;
    const [height = 0, width = 0] = shape?.values ?? [];
    return { height, width };
  }

  async imports(): Promise<Imports> {
    return modelImports(this.#parts, this.#opened.engine);
  }

  async inARow(calls: readonly Call[]): Promise<Tensor[]> {
    return (await this.#opened.runner.runFromRestored(calls)).tensors;
  }

  async *again(call: Call, steps: Perturbation = new Map()) {
    const ready = await this.#opened.runner.ready(call);
    const generation = await this.#opened.variables.setTo(steps);
    while (true) yield await this.#opened.runner.run(ready, generation);
  }

  async expect(calls: readonly Call[], { ahead } = { ahead: false }): Promise<void> {
    const prepared = this.#opened.runner.prepareAll(calls);
    await this.#opened.runner.admitTogether(prepared);
    this.#opened.observer.announce(ahead ? prepared : []);
  }

  foresee(checks: readonly (readonly Call[])[]): void {
    this.#opened.observer.foresee(checks.map((calls) => this.#opened.runner.prepareAll(calls)));
  }

  async computesEmptyBatches(): Promise<boolean> {
    const work = { values: [], fetch: [this.#parts.lowered.emptyConvolution] };
    const [shape] = (await this.#opened.engine.send(work)).tensors;
    return shape?.values[3] === emptyConvolutionChannels;
  }

  async lossesAfter(calls: readonly Call[]): Promise<Tensor[]> {
    const { generation } = await this.#opened.runner.runFromRestored(calls);
    return this.#losses(generation);
  }

  notFinite(): Promise<readonly Variable[]> {
    return this.#opened.variables.notFinite();
  }

  async perturbed(variables: readonly Variable[], call: Call) {
    const ready = await this.#opened.runner.ready(call);
    const generation = await this.#opened.variables.perturbed(
      new Map(variables.map((variable) => [variable, 1])),
    );
    const output = await this.#opened.runner.run(ready, generation);
    return { output, losses: await this.#losses(generation) };
  }

  outcomeOf(...given: Parameters<OpenSubject['outcomeOf']>) {
    return outcomeOf({ ...this.#opened, model: this.model }, ...given);
  }

  changesOver(first: readonly Call[], then: readonly Call[], perturbation?: Perturbation) {
    return changesOver(this.#opened, first, then, perturbation);
  }

  changedFrom(...trial: Parameters<OpenSubject['changedFrom']>): Promise<readonly Variable[]> {
    return changedFrom(this.#opened, ...trial);
  }

  async gradientsAt(call: Call): Promise<Gradients> {
    const ready = await this.#opened.runner.ready(call);
    return this.#opened.gradients.at(
      ready,
      outputIndex(ready.concreteFunction, this.#parts.contract.endpoint),
    );
  }

  concreteFunctionFor(batch: Batch, args: Arguments = {}): ConcreteFunction {
    return this.#opened.preparation.resolve(batch, args).concreteFunction;
  }

  sameCall(batch: Batch, one: Arguments, other: Arguments): boolean {
    return runTheSame(
      this.#opened.preparation.resolve(batch, one),
      this.#opened.preparation.resolve(batch, other),
    );
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
    return this.#opened.observer.observe(this.#opened.preparation.prepare(batch, args));
  }

  #losses(generation: number): Promise<Tensor[]> {
    const lowered = lossFunctions(this.model).map((one) => this.#opened.preparation.loweredFor(one));
    return valuesOfLosses(this.#opened.engine, lowered, generation);
  }
}
