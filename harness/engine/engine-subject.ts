import type { Contract } from '../contract/contract.js';
import type { Size } from '../images/corners.js';
import type { Images } from '../images/picture.js';
import { mutates } from '../savedmodel/reachable.js';
import type { Endpoint, SavedModel, Trace, Variable } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { EngineError } from './failures.js';
import { lossTraces } from './losses.js';
import { emptyConvolutionChannels } from './lowering/empty-convolution.js';
import type { Lowered } from './lowering/lower.js';
import { nudged, nudgeScales, valueNode } from './lowering/probes.js';
import type { CallShapes } from './lowering/shapes.js';
import { Memory } from './memory.js';
import { measureNoise } from './noise.js';
import { Preparation, type Prepared, tensorOf } from './preparation.js';
import type { EngineHost, RunResult } from './process/host.js';
import type { Work } from './process/messages.js';
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
  readonly #remembered = new Memory<Observation>();
  /** How often each trace that reaches no assignment was seen to change nothing. */
  readonly #confirmed = new Map<Trace, number>();
  /** The process whose variables are as restored. */
  #cleanPid: number | undefined;
  /** The process in which only variables that `nudged` sets anew differ from the restored ones. */
  #nudgedPid: number | undefined;
  #noise: Promise<Noise> | undefined;
  readonly #mutating = new Map<Trace, boolean>();

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

  async *again({ batch, args }: Call, moved: ReadonlyMap<Variable, number> = new Map()) {
    const prepared = this.#preparation.prepare(batch, args ?? {});
    await this.#admit(prepared);
    const pid = await this.#reset();
    if (moved.size > 0) await this.#move(moved, pid);
    while (true) yield await this.#run(prepared, pid);
  }

  async expect(calls: readonly Call[]): Promise<void> {
    if (this.endpoint?.kind !== 'polymorphic') return;
    const byTrace = new Map<Trace, CallShapes[]>();
    for (const { trace, shapes } of calls.flatMap((call) => this.#preparable(call))) {
      byTrace.set(trace, [...(byTrace.get(trace) ?? []), shapes]);
    }
    for (const [trace, shapes] of byTrace) await this.#shapes.passTogether(trace, shapes);
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

  async nudged(variables: readonly Variable[], { batch, args }: Call) {
    const prepared = this.#preparation.prepare(batch, args ?? {});
    await this.#admit(prepared);
    if (this.#nudgedPid === undefined || this.#nudgedPid !== this.pid) await this.#reset();
    const pid = this.pid;
    await this.#move(new Map(variables.map((variable) => [variable, 1])), pid);
    const output = await this.#run(prepared, pid);
    const losses = await this.#losses(pid);
    this.#nudgedPid = this.#mutates(prepared.trace) ? undefined : pid;
    return { output, losses };
  }

  async stateAfter({ batch, args }: Call): Promise<ReadonlyMap<number, Float32Array>> {
    const prepared = this.#preparation.prepare(batch, args ?? {});
    await this.#admit(prepared);
    const pid = await this.#reset();
    await this.#run(prepared, pid);
    const moved = (await this.#changes(prepared.trace, pid, false)).filter((one) =>
      this.#parts.lowered.floating.includes(one),
    );
    const { tensors } = await this.#send({ values: [], fetch: moved.map(valueNode) }, pid);
    return new Map(
      moved.map(({ nodeId }, index) => [nodeId, Float32Array.from(tensors[index]?.values ?? [])]),
    );
  }

  /** Sets every floating-point variable to its restored value, moved by so many steps. */
  async #move(steps: ReadonlyMap<Variable, number>, pid: number | undefined): Promise<void> {
    const { floating } = this.#parts.lowered;
    const scales = floating.map((variable) => steps.get(variable) ?? 0);
    const values = [{ feed: nudgeScales, dtype: 'float32', shape: [scales.length], values: scales }];
    this.#cleanPid = undefined;
    this.#nudgedPid = undefined;
    if (scales.length > 0) await this.#send({ values, fetch: [nudged] }, pid);
  }

  async #losses(pid: number | undefined): Promise<Tensor[]> {
    const lowered = lossTraces(this.model).map((trace) => this.#preparation.loweredFor(trace));
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

  traceFor(batch: Batch, args: Arguments = {}): Trace {
    return this.#preparation.resolve(batch, args).trace;
  }

  sameCall(batch: Batch, one: Arguments, other: Arguments): boolean {
    const [first, second] = [this.#preparation.resolve(batch, one), this.#preparation.resolve(batch, other)];
    return first.trace === second.trace && JSON.stringify(first.tensors) === JSON.stringify(second.tensors);
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
    const key = JSON.stringify([prepared.trace.functionName, prepared.run]);
    return this.#remembered.recall(key, async () => {
      await this.#admit(prepared);
      const pid = await this.#reset();
      const output = await this.#run(prepared, pid);
      return { output, changed: await this.#changes(prepared.trace, pid, true) };
    });
  }

  /** Variables that the last call changed. Where nothing reachable assigns any, a few calls confirm it. */
  async #changes(trace: Trace, pid: number | undefined, putBack: boolean): Promise<readonly Variable[]> {
    const { changed, compared, putBack: restore } = this.#parts.lowered;
    const confirmed = this.#confirmed.get(trace) ?? 0;
    if (changed === undefined || confirmed >= confirmations) return [];
    const fetch = putBack ? [changed, restore] : [changed];
    const [differs] = (await this.#send({ values: [], fetch }, pid)).tensors;
    const moved = compared.filter((_, index) => differs?.values[index] !== 0);
    if (moved.length === 0 && !this.#mutates(trace)) this.#confirmed.set(trace, confirmed + 1);
    this.#cleanPid = putBack ? pid : moved.length > 0 ? undefined : this.#cleanPid;
    return moved;
  }

  #mutates(trace: Trace): boolean {
    const known = this.#mutating.get(trace) ?? mutates(this.model, trace);
    this.#mutating.set(trace, known);
    return known;
  }

  /** Restores the variables where they may have changed; gives the process that holds them. */
  async #reset(): Promise<number | undefined> {
    if (this.pid === undefined || this.pid !== this.#cleanPid) {
      await this.#send({ values: [], fetch: [this.#parts.lowered.reset] });
      this.#cleanPid = this.pid;
      this.#nudgedPid = undefined;
    }
    return this.#cleanPid;
  }

  /** @throws CallFailed when Python would not even trace the call for these shapes */
  async #admit({ trace, shapes }: Prepared): Promise<void> {
    if (this.endpoint?.kind === 'polymorphic') await this.#shapes.pass(trace, shapes);
  }

  async #run({ trace, run, read }: Prepared, pid: number | undefined): Promise<Tensor> {
    if (this.#mutates(trace)) {
      this.#cleanPid = undefined;
      this.#nudgedPid = undefined;
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
