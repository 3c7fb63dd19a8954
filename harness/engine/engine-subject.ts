import type { Contract } from '../contract/contract.js';
import { mutates } from '../graph/reachable.js';
import type { Size } from '../images/corners.js';
import type { Images } from '../images/picture.js';
import type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { EngineError } from './failures.js';
import { lossFunctions } from './losses.js';
import { emptyConvolutionChannels } from './lowering/empty-convolution.js';
import type { Lowered } from './lowering/lower.js';
import { perturbationScales, perturbed, valueNode } from './lowering/perturbations.js';
import type { CallShapes } from './lowering/shapes.js';
import { measureNoise } from './noise.js';
import { Preparation, type Prepared, tensorOf } from './preparation.js';
import type { EngineHost, RunResult } from './process/host.js';
import type { Work } from './process/messages.js';
import { RememberedAnswers } from './remembered-answers.js';
import { ShapeGate } from './shape-gate.js';
import type { Arguments, Call, Noise, OpenSubject, Tensor } from './subject.js';

type Parts = {
  readonly model: SavedModel;
  readonly contract: Contract;
  readonly endpoint: Endpoint | undefined;
  readonly lowered: Lowered;
  readonly host: EngineHost;
  readonly close: () => Promise<void>;
};

type Observation = { readonly output: Tensor; readonly changed: readonly Variable[] };

/** Calls after which a trace without assignments is believed to change nothing. */
const confirmations = 8;

/** A Subject on real TensorFlow. */
export class EngineSubject implements OpenSubject {
  readonly model: SavedModel;
  readonly endpoint: Endpoint | undefined;
  readonly spent = { calls: 0, callMs: 0 };
  deadline = Number.POSITIVE_INFINITY;
  readonly #parts: Parts;
  readonly #preparation: Preparation;
  readonly #shapes: ShapeGate;
  readonly #remembered = new RememberedAnswers<Observation>();
  /** How often each trace that reaches no assignment was seen to change nothing. */
  readonly #confirmed = new Map<ConcreteFunction, number>();
  /** The process whose variables are as restored. */
  #cleanPid: number | undefined;
  /** The process in which only variables that `nudged` sets anew differ from the restored ones. */
  #perturbedPid: number | undefined;
  #noise: Promise<Noise> | undefined;
  readonly #mutating = new Map<ConcreteFunction, boolean>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#preparation = new Preparation(parts.model, parts.contract, parts.endpoint, parts.lowered);
    this.#shapes = new ShapeGate(parts.model, parts.lowered.folder, (work) => this.#send(work));
    this.model = parts.model;
    this.endpoint = parts.endpoint;
  }

  get pid(): number | undefined {
    return this.#parts.host.pid;
  }

  async call(batch: Images, args: Arguments = {}): Promise<Tensor> {
    return (await this.#observe(batch, args)).output;
  }

  async changedBy(batch: Batch, args: Arguments = {}): Promise<readonly Variable[]> {
    return (await this.#observe(batch, args)).changed;
  }

  async sizeOf(file: string): Promise<Size> {
    const [shape] = (await this.#send({ measure: file })).tensors;
    const [height = 0, width = 0] = shape?.values ?? [];
    return { height, width };
  }

  async inARow(calls: readonly Call[]): Promise<Tensor[]> {
    const prepared = calls.map(({ batch, args }) => this.#preparation.prepare(batch, args ?? {}));
    for (const one of prepared) await this.#admit(one);
    const pid = await this.#reset();
    const tensors: Tensor[] = [];
    for (const one of prepared) tensors.push(await this.#run(one, pid));
    return tensors;
  }

  async *again({ batch, args }: Call, changed: ReadonlyMap<Variable, number> = new Map()) {
    const prepared = this.#preparation.prepare(batch, args ?? {});
    await this.#admit(prepared);
    const pid = await this.#reset();
    if (changed.size > 0) await this.#move(changed, pid);
    while (true) yield await this.#run(prepared, pid);
  }

  async expect(calls: readonly Call[]): Promise<void> {
    if (this.endpoint?.kind !== 'polymorphic') return;
    const byFunction = new Map<ConcreteFunction, CallShapes[]>();
    for (const { concreteFunction, shapes } of calls.flatMap((call) => this.#preparable(call))) {
      byFunction.set(concreteFunction, [...(byFunction.get(concreteFunction) ?? []), shapes]);
    }
    for (const [concreteFunction, shapes] of byFunction)
      await this.#shapes.passTogether(concreteFunction, shapes);
  }

  async computesEmptyBatches(): Promise<boolean> {
    const [shape] = (await this.#send({ values: [], fetch: [this.#parts.lowered.emptyConvolution] })).tensors;
    return shape?.values[3] === emptyConvolutionChannels;
  }

  async lossesAfter(calls: readonly Call[]): Promise<Tensor[]> {
    const prepared = calls.map(({ batch, args }) => this.#preparation.prepare(batch, args ?? {}));
    for (const one of prepared) await this.#admit(one);
    const pid = await this.#reset();
    for (const one of prepared) await this.#run(one, pid);
    return this.#losses(pid);
  }

  async notFinite(): Promise<readonly Variable[]> {
    const { finite, floating } = this.#parts.lowered;
    if (finite === undefined) return [];
    const pid = await this.#reset();
    const [fine] = (await this.#send({ values: [], fetch: [finite] }, pid)).tensors;
    return floating.filter((_, index) => fine?.values[index] !== 1);
  }

  async perturbed(variables: readonly Variable[], { batch, args }: Call) {
    const prepared = this.#preparation.prepare(batch, args ?? {});
    await this.#admit(prepared);
    if (this.#perturbedPid === undefined || this.#perturbedPid !== this.pid) await this.#reset();
    const pid = this.pid;
    await this.#move(new Map(variables.map((variable) => [variable, 1])), pid);
    const output = await this.#run(prepared, pid);
    const losses = await this.#losses(pid);
    this.#perturbedPid = this.#mutates(prepared.concreteFunction) ? undefined : pid;
    return { output, losses };
  }

  async stateAfter({ batch, args }: Call): Promise<ReadonlyMap<number, Float32Array>> {
    const prepared = this.#preparation.prepare(batch, args ?? {});
    await this.#admit(prepared);
    const pid = await this.#reset();
    await this.#run(prepared, pid);
    const changed = (await this.#changes(prepared.concreteFunction, pid, false)).filter((one) =>
      this.#parts.lowered.floating.includes(one),
    );
    const { tensors } = await this.#send({ values: [], fetch: changed.map(valueNode) }, pid);
    return new Map(
      changed.map(({ nodeId }, index) => [nodeId, Float32Array.from(tensors[index]?.values ?? [])]),
    );
  }

  /** Sets every floating-point variable to its restored value, moved by so many steps. */
  async #move(steps: ReadonlyMap<Variable, number>, pid: number | undefined): Promise<void> {
    const { floating } = this.#parts.lowered;
    const scales = floating.map((variable) => steps.get(variable) ?? 0);
    const values = [{ feed: perturbationScales, dtype: 'float32', shape: [scales.length], values: scales }];
    this.#cleanPid = undefined;
    this.#perturbedPid = undefined;
    if (scales.length > 0) await this.#send({ values, fetch: [perturbed] }, pid);
  }

  async #losses(pid: number | undefined): Promise<Tensor[]> {
    const lowered = lossFunctions(this.model).map((concreteFunction) =>
      this.#preparation.loweredFor(concreteFunction),
    );
    const outputs = lowered.flatMap(({ outputs: [output] }) => (output ? [output] : []));
    if (outputs.length === 0) return [];
    const { tensors } = await this.#send({ values: [], fetch: outputs.map(({ fetch }) => fetch) }, pid);
    return outputs.map((output, index) => tensorOf(output, tensors[index]));
  }

  #preparable({ batch, args }: Call): Prepared[] {
    try {
      return [this.#preparation.prepare(batch, args ?? {})];
    } catch {
      return [];
    }
  }

  concreteFunctionFor(batch: Batch, args: Arguments = {}): ConcreteFunction {
    return this.#preparation.resolve(batch, args).concreteFunction;
  }

  sameCall(batch: Batch, one: Arguments, other: Arguments): boolean {
    const [first, second] = [this.#preparation.resolve(batch, one), this.#preparation.resolve(batch, other)];
    return (
      first.concreteFunction === second.concreteFunction &&
      JSON.stringify(first.tensors) === JSON.stringify(second.tensors)
    );
  }

  noise(): Promise<Noise> {
    this.#noise ??= measureNoise(this, this.#parts.contract);
    return this.#noise;
  }

  async close(): Promise<void> {
    await this.#parts.host.close();
    await this.#parts.close();
  }

  /** What one call gives and changes; the same trace with the same values is run once. */
  async #observe(batch: Images, args: Arguments): Promise<Observation> {
    const prepared = this.#preparation.prepare(batch, args);
    const key = JSON.stringify([prepared.concreteFunction.functionName, prepared.run]);
    return this.#remembered.recall(key, async () => {
      await this.#admit(prepared);
      const pid = await this.#reset();
      const output = await this.#run(prepared, pid);
      return { output, changed: await this.#changes(prepared.concreteFunction, pid, true) };
    });
  }

  /** Variables that the last call changed. Where nothing reachable assigns any, a few calls confirm it. */
  async #changes(
    concreteFunction: ConcreteFunction,
    pid: number | undefined,
    putBack: boolean,
  ): Promise<readonly Variable[]> {
    const { changed, compared, putBack: restore } = this.#parts.lowered;
    const confirmed = this.#confirmed.get(concreteFunction) ?? 0;
    if (changed === undefined || confirmed >= confirmations) return [];
    const fetch = putBack ? [changed, restore] : [changed];
    const [differs] = (await this.#send({ values: [], fetch }, pid)).tensors;
    const differing = compared.filter((_, index) => differs?.values[index] !== 0);
    if (differing.length === 0 && !this.#mutates(concreteFunction))
      this.#confirmed.set(concreteFunction, confirmed + 1);
    this.#cleanPid = putBack ? pid : differing.length > 0 ? undefined : this.#cleanPid;
    return differing;
  }

  #mutates(concreteFunction: ConcreteFunction): boolean {
    const known = this.#mutating.get(concreteFunction) ?? mutates(this.model, concreteFunction);
    this.#mutating.set(concreteFunction, known);
    return known;
  }

  /** Restores the variables where they may have changed; gives the process that holds them. */
  async #reset(): Promise<number | undefined> {
    if (this.pid === undefined || this.pid !== this.#cleanPid) {
      await this.#send({ values: [], fetch: [this.#parts.lowered.reset] });
      this.#cleanPid = this.pid;
      this.#perturbedPid = undefined;
    }
    return this.#cleanPid;
  }

  /** @throws CallFailed when Python would not even trace the call for these shapes */
  async #admit({ concreteFunction, shapes }: Prepared): Promise<void> {
    if (this.endpoint?.kind === 'polymorphic') await this.#shapes.pass(concreteFunction, shapes);
  }

  async #run({ concreteFunction, run, read }: Prepared, pid: number | undefined): Promise<Tensor> {
    if (this.#mutates(concreteFunction)) {
      this.#cleanPid = undefined;
      this.#perturbedPid = undefined;
    }
    const result = await this.#send(run, pid);
    this.spent.calls += 1;
    this.spent.callMs += result.callMs;
    return read(result.tensors);
  }

  async #send(work: Work, pid?: number): Promise<RunResult> {
    if ('fetch' in work && work.fetch.length === 0) return { tensors: [], callMs: 0 };
    const left = this.deadline - performance.now();
    if (left <= 0) throw new EngineError('deadline', 'The time for this check was up.');
    return this.#parts.host.run(work, Math.min(left, 2 ** 31 - 1), pid);
  }
}
