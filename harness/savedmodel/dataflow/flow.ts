import type { GraphNode, LibraryFunction, SavedModel, Trace } from '../saved-model.js';
import type { Call } from './calls.js';
import { callsOf, isChoice } from './calls.js';
import { referenceOf } from './reference.js';
import type { Choice, Frame, Operation, Origin, Tensor } from './tensor.js';

/**
 * How values flow through one trace: its graph with every call seen through, one frame for each run of a function.
 * Nothing is built before it is asked for, and a loop is no obstacle: it is walked as `walkBack` walks it.
 */
export class Flow {
  /** The frame of the trace itself; undefined when the library has no such function. */
  readonly root: Frame | undefined;
  /** The trace's results, in the order of its flat output. */
  readonly outputs: readonly Tensor[];
  readonly #functions: ReadonlyMap<string, LibraryFunction>;
  readonly #trace: Trace;
  readonly #entered = new Map<string, Frame>();
  readonly #nodes = new Map<LibraryFunction, ReadonlyMap<string, GraphNode>>();
  #frames = 0;

  constructor({ functions }: Pick<SavedModel, 'functions'>, trace: Trace) {
    this.#functions = functions;
    this.#trace = trace;
    const body = functions.get(trace.functionName);
    const root = body && { id: this.#frames++, body, argument: () => [] };
    this.root = root;
    this.outputs = root ? body.outputs.map((_, at) => returned(root, at)) : [];
  }

  /** The values that an operation takes, in order; what it only waits for is left out. */
  inputsOf({ frame, node }: Operation): readonly Tensor[] {
    return node.inputs
      .filter((input) => !input.startsWith('^'))
      .map((reference): Tensor => ({ frame, reference }));
  }

  /** Where a value comes from: operations, arguments or captures. Several where a branch or a loop decides. */
  originsOf(tensor: Tensor): readonly Origin[] {
    const origins: Origin[] = [];
    const seen = new Set<string>();
    const queue = [tensor];
    for (const each of queue) {
      const key = keyOf(each);
      if (seen.has(key)) continue;
      seen.add(key);
      const next = this.#step(each);
      if ('kind' in next) origins.push(next);
      else queue.push(...next);
    }
    return origins;
  }

  /** The branches that a value may come by, each with what decides for one of them. */
  choicesOf(tensor: Tensor): readonly Choice[] {
    const choices: Choice[] = [];
    const seen = new Set<string>();
    const queue = [tensor];
    for (const each of queue) {
      const next = seen.has(keyOf(each)) ? [] : this.#step(each);
      seen.add(keyOf(each));
      if ('kind' in next) continue;
      queue.push(...next);
      const operation = this.#operationOf(each);
      const [decider] = operation && isChoice(operation.node) ? this.inputsOf(operation) : [];
      if (operation && decider) choices.push({ operation, decider, options: next });
    }
    return choices;
  }

  #operationOf({ frame, reference }: Tensor): Operation | undefined {
    const read = referenceOf(reference);
    const node = read?.kind === 'result' ? this.#nodesOf(frame.body).get(read.node) : undefined;
    return node && { frame, node };
  }

  /** One step back: the values that this one stands for, or its origin. */
  #step({ frame, reference }: Tensor): readonly Tensor[] | Origin {
    const read = referenceOf(reference);
    if (read === undefined) return unknown(`a value is asked of the control input ${reference}`);
    if (read.kind === 'argument') return this.#argument(frame, read.name);
    const node = this.#nodesOf(frame.body).get(read.node);
    if (node === undefined) return unknown(`${frame.body.name} has no operation ${read.node}`);
    const calls = callsOf(node, (name) => this.#functions.has(name));
    const operation = { frame, node };
    if (calls.length === 0) return { kind: 'result', operation, output: read.output, index: read.index };
    return this.#through(operation, calls, read);
  }

  #argument(frame: Frame, name: string): readonly Tensor[] | Origin {
    const { inputs, name: functionName } = frame.body;
    const at = inputs.findIndex((input) => input.name === name);
    if (at < 0) return unknown(`${functionName} has no argument ${name}`);
    if (frame.caller !== undefined) return frame.argument(at);
    const { captures } = this.#trace;
    const nodeId = captures[at - (inputs.length - captures.length)];
    return nodeId === undefined ? { kind: 'argument', at } : { kind: 'capture', nodeId };
  }

  #through(
    operation: Operation,
    calls: readonly Call[],
    { output, index }: { readonly output: string; readonly index: number },
  ): readonly Tensor[] | Origin {
    const tensors: Tensor[] = [];
    for (const call of calls) {
      const body = this.#functions.get(call.functionName);
      if (body === undefined) return unknown(`there is no function ${call.functionName}`);
      if (runs(operation.frame, body)) return unknown(`the function ${body.name} calls itself`);
      const named = body.name === operation.node.op;
      const at = named ? body.outputs.findIndex(({ name }) => name === output) : index;
      tensors.push(returned(this.#enter(operation, call, body), at));
      const skipped = call.loops ? this.inputsOf(operation)[at] : undefined;
      if (skipped !== undefined) tensors.push(skipped);
    }
    return tensors;
  }

  #enter(operation: Operation, call: Call, body: LibraryFunction): Frame {
    const key = `${operation.frame.id} ${operation.node.name} ${call.functionName}`;
    const known = this.#entered.get(key);
    if (known !== undefined) return known;
    if (this.#frames >= mostFrames) throw new FlowTooLarge(this.#trace.functionName);
    const inputs = this.inputsOf(operation);
    const argument = (at: number) => {
      const given = inputs[at + call.firstInput];
      return [...(given ? [given] : []), ...(call.loops ? [returned(frame, at)] : [])];
    };
    const frame: Frame = { id: this.#frames++, body, caller: operation.frame, argument };
    this.#entered.set(key, frame);
    return frame;
  }

  #nodesOf(body: LibraryFunction): ReadonlyMap<string, GraphNode> {
    const known = this.#nodes.get(body) ?? new Map(body.nodes.map((node) => [node.name, node]));
    this.#nodes.set(body, known);
    return known;
  }
}

/** A trace that runs so many functions that it cannot be followed. */
export class FlowTooLarge extends Error {
  constructor(functionName: string) {
    super(`The function ${functionName} makes more than ${mostFrames} calls, too many to follow.`);
    this.name = 'FlowTooLarge';
  }
}

/** Real models have hundreds; a crafted one can have 2^n. */
const mostFrames = 100_000;

/** A name for a value that is the same whenever the value is. */
export function keyOf({ frame, reference }: Tensor): string {
  return `${frame.id} ${reference}`;
}

function returned(frame: Frame, at: number): Tensor {
  const name = frame.body.outputs[at]?.name ?? '';
  return { frame, reference: frame.body.returns.get(name) ?? '^' };
}

function runs(frame: Frame, body: LibraryFunction): boolean {
  return frame.body === body || (frame.caller !== undefined && runs(frame.caller, body));
}

function unknown(why: string): Origin {
  return { kind: 'unknown', why };
}
