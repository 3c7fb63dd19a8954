import type { Contract } from '../contract/contract.js';
import { mutates } from '../savedmodel/reachable.js';
import { resolveCall } from '../savedmodel/resolve.js';
import type { Endpoint, SavedModel, Trace, Variable } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { CallFailed, CallRefused, EngineError } from './failures.js';
import type { LoweredTrace } from './lowering/calls.js';
import { emptyConvolutionChannels } from './lowering/empty-convolution.js';
import type { Lowered } from './lowering/lower.js';
import type { CallShapes } from './lowering/shapes.js';
import { restorable } from './lowering/variables.js';
import { Memory } from './memory.js';
import { measureNoise } from './noise.js';
import type { OpenSubject } from './open.js';
import { outputIndex } from './output-index.js';
import type { EngineHost } from './process/host.js';
import type { FedValue, Fetched, Run, Work } from './process/messages.js';
import { ShapeGate } from './shape-gate.js';
import type { Arguments, Call, Noise, Tensor } from './subject.js';

type Parts = {
  readonly model: SavedModel;
  readonly contract: Contract;
  readonly endpoint: Endpoint | undefined;
  readonly lowered: Lowered;
  readonly host: EngineHost;
  readonly close: () => Promise<void>;
};

/** A call made ready: which trace, what to feed, what to fetch. */
type Prepared = {
  readonly trace: Trace;
  readonly run: Run;
  readonly shapes: CallShapes;
  readonly read: (tensors: readonly Fetched[]) => Tensor;
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
  readonly #shapes: ShapeGate;
  readonly #remembered = new Memory<Observation>();
  /** How often each trace that reaches no assignment was seen to change nothing. */
  readonly #confirmed = new Map<Trace, number>();
  /** The process whose variables are as restored. */
  #cleanPid: number | undefined;
  #noise: Promise<Noise> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#shapes = new ShapeGate(parts.model, parts.lowered.folder, (work) => this.#send(work));
    this.model = parts.model;
    this.endpoint = parts.endpoint;
  }

  get pid(): number | undefined {
    return this.#parts.host.pid;
  }

  async call(batch: Batch, args: Arguments = {}): Promise<Tensor> {
    return (await this.#observe(batch, args)).output;
  }

  async changedBy(batch: Batch, args: Arguments = {}): Promise<readonly Variable[]> {
    return (await this.#observe(batch, args)).changed;
  }

  async inARow(calls: readonly Call[]): Promise<Tensor[]> {
    const prepared = calls.map(({ batch, args }) => this.#prepare(batch, args ?? {}));
    for (const one of prepared) await this.#admit(one);
    const pid = await this.#reset();
    const tensors: Tensor[] = [];
    for (const one of prepared) tensors.push(await this.#run(one, pid));
    return tensors;
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

  #preparable({ batch, args }: Call): Prepared[] {
    try {
      return [this.#prepare(batch, args ?? {})];
    } catch {
      return [];
    }
  }

  traceFor(batch: Batch, args: Arguments = {}): Trace {
    return this.#resolve(batch, args).trace;
  }

  sameCall(batch: Batch, one: Arguments, other: Arguments): boolean {
    const [first, second] = [this.#resolve(batch, one), this.#resolve(batch, other)];
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
  async #observe(batch: Batch, args: Arguments): Promise<Observation> {
    const prepared = this.#prepare(batch, args);
    const key = JSON.stringify([prepared.trace.functionName, prepared.run]);
    return this.#remembered.recall(key, async () => {
      await this.#admit(prepared);
      const pid = await this.#reset();
      const output = await this.#run(prepared, pid);
      return { output, changed: await this.#changes(prepared.trace, pid) };
    });
  }

  /** Variables that the last call changed. Where nothing reachable assigns any, a few calls confirm it. */
  async #changes(trace: Trace, pid: number | undefined): Promise<readonly Variable[]> {
    const { changed, compared } = this.#parts.lowered;
    const confirmed = this.#confirmed.get(trace) ?? 0;
    if (changed === undefined || confirmed >= confirmations) return [];
    const [differs] = (await this.#send({ values: [], fetch: [changed] }, pid)).tensors;
    const moved = compared.filter((_, index) => differs?.values[index] !== 0);
    if (moved.length > 0) this.#cleanPid = undefined;
    else if (!mutates(this.model, trace)) this.#confirmed.set(trace, confirmed + 1);
    return moved;
  }

  #resolve(batch: Batch, args: Arguments) {
    if (!this.endpoint) throw new CallRefused('The model has no such endpoint.');
    const shape = [batch.count, batch.height, batch.width, 3];
    const resolution = resolveCall(this.endpoint, { dtype: 'float32', shape }, args);
    if (resolution.kind === 'refused') throw new CallRefused(resolution.message);
    return resolution;
  }

  #prepare(batch: Batch, args: Arguments): Prepared {
    const resolution = this.#resolve(batch, args);
    const lowered = this.#lowered(resolution.trace);
    const values: FedValue[] = [];
    const shapes: (readonly number[])[] = [];
    let images: Run['images'];
    for (const [index, source] of resolution.tensors.entries()) {
      const input = lowered.inputs[index];
      if (!input) throw new EngineError('unsupported', `The trace has no input ${index}.`);
      if (source.kind === 'images') {
        images = { feed: input.feed, batch };
        shapes.push([batch.count, batch.height, batch.width, 3]);
      } else {
        values.push({ feed: input.feed, dtype: input.feedDtype, shape: source.shape, values: source.values });
        shapes.push(source.shape);
      }
    }
    const output = lowered.outputs[outputIndex(resolution.trace, this.#parts.contract.endpoint)];
    if (!output) throw new CallFailed('The call gives no tensor.');
    const read = ([fetched]: readonly Fetched[]) => tensorOf(output, fetched);
    return {
      trace: resolution.trace,
      run: { ...(images ? { images } : {}), values, fetch: [output.fetch] },
      shapes,
      read,
    };
  }

  #lowered(trace: Trace): LoweredTrace {
    const { traces, unsupported } = this.#parts.lowered;
    const lowered = traces.get(trace);
    if (!lowered)
      throw new EngineError('unsupported', unsupported.get(trace) ?? 'This trace cannot be run here.');
    const used = new Set(trace.captures);
    const lost = this.model.variables.find((variable) => used.has(variable.nodeId) && !restorable(variable));
    if (lost)
      throw new EngineError(
        'unsupported',
        `The variable ${lost.path || lost.name} has no usable value in the checkpoint, so the call cannot be run.`,
      );
    return lowered;
  }

  /** Restores the variables where they may have changed; gives the process that holds them. */
  async #reset(): Promise<number | undefined> {
    if (this.pid === undefined || this.pid !== this.#cleanPid) {
      await this.#send({ values: [], fetch: [this.#parts.lowered.reset] });
      this.#cleanPid = this.pid;
    }
    return this.#cleanPid;
  }

  /** @throws CallFailed when Python would not even trace the call for these shapes */
  async #admit({ trace, shapes }: Prepared): Promise<void> {
    if (this.endpoint?.kind === 'polymorphic') await this.#shapes.pass(trace, shapes);
  }

  async #run({ trace, run, read }: Prepared, pid: number | undefined): Promise<Tensor> {
    if (mutates(this.model, trace)) this.#cleanPid = undefined;
    const result = await this.#send(run, pid);
    this.spent.calls += 1;
    this.spent.callMs += result.callMs;
    return read(result.tensors);
  }

  #send(work: Work, pid?: number) {
    const left = this.deadline - performance.now();
    if (left <= 0) throw new EngineError('deadline', 'The time for this check was up.');
    return this.#parts.host.run(work, Math.min(left, 2 ** 31 - 1), pid);
  }
}

function tensorOf(output: LoweredTrace['outputs'][number], fetched: Fetched | undefined): Tensor {
  if (!fetched) throw new CallFailed('The call gave no tensor.');
  if (output.gives === 'shape')
    return { dtype: output.dtype, shape: [...fetched.values], values: new Float32Array() };
  return { dtype: output.dtype, shape: fetched.shape, values: Float32Array.from(fetched.values) };
}
