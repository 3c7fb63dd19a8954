import type { Contract } from '../../contract/contract.js';
import { fakeContract } from '../../contract/testing/fake-contract.js';
import { streamOf, uniform } from '../../images/hash.js';
import type { Images } from '../../images/picture.js';
import type { Size } from '../../images/size.js';
import { namedEndpoint } from '../../savedmodel/named-endpoint.js';
import type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { fakeModel, promisedBy } from '../../savedmodel/testing/fake-model.js';
import type { Batch } from '../../verdict/batch.js';
import type { Imports } from '../imports.js';
import { measureNoise } from '../noise.js';
import type { OpenSubject } from '../open-subject.js';
import { EngineError } from '../process/failures.js';
import { RememberedAnswers } from '../remembered-answers.js';
import { type Resolved, resolvedCall, runTheSame } from '../resolution.js';
import type { Arguments, Call, Gradients, Noise, Perturbation, Tensor } from '../subject.js';
import { answered } from './answered.js';
import { defaultsOf } from './defaults-of.js';
import type { FakeBehavior } from './fake-behavior.js';
import { finiteGradients } from './finite-gradients.js';
import { type Steps, soundOutput, stepsByPath } from './sound-output.js';
import { tensor } from './tensors.js';

export type FakeSubjectOptions = FakeBehavior & {
  /** Default: `fakeContract()`. */
  readonly contract?: Contract;
  /** Default: a sound model that offers what the contract promises. */
  readonly model?: SavedModel;
};

/**
 * A model under test without TensorFlow: answers come from a function, and calls are resolved as Python resolves them.
 * Parts that are left out are sound, so that a test only states what is wrong with its model:
 *
 *     fakeSubject({ call: (_images, _args, { sound }) => ({ ...sound, dtype: 'float16' }) })
 */
export function fakeSubject(options: FakeSubjectOptions = {}): OpenSubject {
  return new FakeSubject(options);
}

class FakeSubject implements OpenSubject {
  readonly expect = async () => undefined;
  readonly early = () => async () => undefined;
  readonly foresee = () => undefined;
  readonly model: SavedModel;
  readonly endpoint: Endpoint | undefined;
  readonly spent = { calls: 0, callMs: 0 };
  readonly pid = undefined;
  deadline = Number.POSITIVE_INFINITY;
  readonly #contract: Contract;
  readonly #behavior: FakeBehavior;
  readonly #remembered = new RememberedAnswers<Tensor>();
  #drawn = 0;
  #noise: Promise<Noise> | undefined;

  constructor({ contract, model, ...behavior }: FakeSubjectOptions) {
    this.#behavior = behavior;
    this.#contract = contract ?? fakeContract();
    this.model = model ?? fakeModel(promisedBy(this.#contract));
    this.endpoint = namedEndpoint(this.model, this.#contract);
  }

  async call(images: Images, args: Arguments = {}): Promise<Tensor> {
    const { concreteFunction, tensors } = this.#resolve(images, args);
    const key = JSON.stringify([concreteFunction.functionName, tensors, images]);
    return this.#remembered.recall(key, async () => this.#answer(images, args));
  }

  async inARow(calls: readonly Call[]): Promise<Tensor[]> {
    return calls.map(({ batch, args }, earlier) => this.#answer(batch, args, earlier));
  }

  async *again({ batch, args }: Call, perturbation: Perturbation = new Map()) {
    const steps = stepsByPath(perturbation);
    for (let earlier = 0; ; earlier++) yield this.#answer(batch, args, earlier, steps);
  }

  async perturbed(variables: readonly Variable[], { batch, args }: Call) {
    const steps = stepsByPath(new Map(variables.map((variable) => [variable, 1])));
    return { output: this.#answer(batch, args, 0, steps), losses: this.#losses([], steps) };
  }

  async sizeOf(file: string): Promise<Size> {
    const unreadable = () => new EngineError('unreadable', `${file} cannot be read.`);
    return this.#behavior.pictures?.[file] ?? Promise.reject(unreadable());
  }

  async imports(): Promise<Imports> {
    return this.#behavior.imports ?? { kind: 'imported', count: this.model.functions.size, refused: [] };
  }

  async computesEmptyBatches(): Promise<boolean> {
    return this.#behavior.computesEmptyBatches ?? true;
  }

  async changedBy(batch: Batch, args: Arguments = {}): Promise<readonly Variable[]> {
    return this.call(batch, args).then(() => [...this.#changes(batch, args).keys()]);
  }

  async changedFrom(...[perturbation, { batch, args }, watched]: Parameters<OpenSubject['changedFrom']>) {
    const steps = stepsByPath(perturbation);
    this.#answer(batch, args, 0, steps);
    return [...this.#changes(batch, args, 0, steps).keys()].filter((variable) => watched.includes(variable));
  }

  async outcomeOf(calls: readonly Call[], nodeIds: readonly number[] = []) {
    const outputs = await this.inARow(calls);
    const watched = this.model.variables.filter(({ nodeId }) => nodeIds.includes(nodeId));
    const restored = watched.map((one) => [one, tensor(one.stored?.shape ?? []).values] as const);
    const changed = calls.flatMap(({ batch, args }, earlier) => [...this.#changes(batch, args, earlier)]);
    const state = new Map([...restored, ...changed].map(([{ nodeId }, values]) => [nodeId, values]));
    return { outputs, state };
  }

  async changesOver(...[first, then, perturbation = new Map()]: Parameters<OpenSubject['changesOver']>) {
    const calls = [...first, ...then];
    const steps = stepsByPath(perturbation);
    const changed = calls.map(({ batch, args = {} }, earlier) => this.#changes(batch, args, earlier, steps));
    const outputs = calls.map(({ batch, args }, earlier) => this.#answer(batch, args, earlier, steps));
    const by = (part: typeof changed) => [...new Set(part.flatMap((one) => [...one.keys()]))];
    return { outputs, byFirst: by(changed.slice(0, first.length)), byThen: by(changed.slice(first.length)) };
  }

  async lossesAfter(calls: readonly Call[]): Promise<Tensor[]> {
    await this.inARow(calls);
    return this.#losses(calls);
  }

  async notFinite(): Promise<readonly Variable[]> {
    return this.model.variables.filter(({ path }) => this.#behavior.notFinite?.includes(path));
  }

  async gradientsAt(call: Call): Promise<Gradients> {
    this.#resolve(call.batch, call.args ?? {});
    return this.#behavior.gradients?.(call) ?? finiteGradients;
  }

  concreteFunctionFor(batch: Batch, args: Arguments = {}): ConcreteFunction {
    return this.#resolve(batch, args).concreteFunction;
  }

  sameCall(batch: Batch, one: Arguments, other: Arguments): boolean {
    return runTheSame(this.#resolve(batch, one), this.#resolve(batch, other));
  }

  async noise(): Promise<Noise> {
    const { noise } = this.#behavior;
    this.#noise ??= noise ? Promise.resolve(noise) : measureNoise(this, this.#contract);
    return this.#noise;
  }

  async close(): Promise<void> {}

  #resolve(images: Images, args: Arguments): Resolved {
    return resolvedCall(this.endpoint, this.#contract, images, args);
  }

  /** @throws CallRefused, and what the answer throws */
  #answer(images: Images, args: Arguments = {}, earlier = 0, steps: Steps = new Map()): Tensor {
    this.#resolve(images, args);
    this.spent.calls += 1;
    const { outputSize } = this.#contract;
    const { call = (_images, _args, { sound }) => sound } = this.#behavior;
    return answered({ batch: images, args }, () =>
      call(
        images,
        { ...defaultsOf(this.endpoint), ...args },
        {
          get sound() {
            return soundOutput(images, outputSize, steps);
          },
          earlier,
          random: () => uniform(streamOf(1, 0), this.#drawn++),
          steps,
        },
      ),
    );
  }

  #changes(
    images: Images,
    args: Arguments = {},
    earlier = 0,
    steps: Steps = new Map(),
  ): ReadonlyMap<Variable, Float32Array> {
    const given = { ...defaultsOf(this.endpoint), ...args };
    const changed = this.#behavior.changes?.(images, given, earlier, steps) ?? {};
    const found = this.model.variables.flatMap((variable) => {
      const values = changed[variable.path];
      return values ? [[variable, Float32Array.from(values)] as const] : [];
    });
    return new Map(found);
  }

  #losses(calls: readonly Call[], steps: Steps = new Map()): Tensor[] {
    if (this.#behavior.losses) return [...this.#behavior.losses(calls)];
    const total = [...steps.values()].reduce((sum, count) => sum + count, 0);
    return (this.model.losses ?? []).map(() => tensor([], total));
  }
}
