import type {
  ConcreteFunction,
  GraphNode,
  LibraryFunction,
  SavedModel,
} from '../../savedmodel/saved-model.js';
import { UserError } from '../../verdict/user-error.js';
import type { FunctionCall } from './function-calls.js';
import { callingNodes, functionCallsOf, isChoice } from './function-calls.js';
import { referenceOf } from './reference.js';
import type { CallSite, Choice, Operation, Origin, SymbolicTensor } from './symbolic-tensor.js';

/**
 * How values flow through one concrete function: its graph with all calls resolved, one call site for each run of a function.
 * Nothing is built before it is needed, and loops are allowed: `walkBack` terminates on them.
 */
export class Flow {
  /** The call site of the concrete function itself; undefined when the library has no such function. */
  readonly root: CallSite | undefined;
  /** The concrete function's results, in the order of its flat output. */
  readonly outputs: readonly SymbolicTensor[];
  readonly #functions: ReadonlyMap<string, LibraryFunction>;
  readonly #concreteFunction: ConcreteFunction;
  readonly #entered = new Map<string, CallSite>();
  readonly #nodes = new Map<LibraryFunction, ReadonlyMap<string, GraphNode>>();
  #callSites = 0;

  constructor({ functions }: Pick<SavedModel, 'functions'>, concreteFunction: ConcreteFunction) {
    this.#functions = functions;
    this.#concreteFunction = concreteFunction;
    const body = functions.get(concreteFunction.functionName);
    const root = body && { id: this.#callSites++, body, argument: () => [] };
    this.root = root;
    this.outputs = root ? body.outputs.map((_, at) => returned(root, at)) : [];
  }

  /** Every call of a function that may happen, whether a result comes of it or not; conditions of loops left out. */
  callSites(): readonly CallSite[] {
    const isFunction = (name: string) => this.#functions.has(name);
    const callSites = new Set(this.root ? [this.root] : []);
    for (const callSite of callSites) {
      for (const node of callingNodes(callSite.body, isFunction)) {
        for (const call of functionCallsOf(node, isFunction)) {
          const body = this.#functions.get(call.functionName);
          if (body !== undefined && !runs(callSite, body))
            callSites.add(this.#enter({ callSite, node }, call, body));
        }
      }
    }
    return [...callSites];
  }

  /** The function that says whether a loop goes on; undefined for other operations. */
  conditionOf({ node: { attributes } }: Operation): LibraryFunction | undefined {
    const condition = attributes.get('cond');
    return condition?.kind === 'function' ? this.#functions.get(condition.name) : undefined;
  }

  /** The values that an operation takes, in order, without control inputs. */
  inputsOf({ callSite, node }: Operation): readonly SymbolicTensor[] {
    return node.inputs
      .filter((input) => !input.startsWith('^'))
      .map((reference): SymbolicTensor => ({ callSite, reference }));
  }

  /** Origins of a value: operations, arguments or captures. Several where a branch or a loop decides. */
  originsOf(tensor: SymbolicTensor): readonly Origin[] {
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

  /** The branches that a value may come from, each with the value that selects one of them. */
  choicesOf(tensor: SymbolicTensor): readonly Choice[] {
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

  #operationOf({ callSite, reference }: SymbolicTensor): Operation | undefined {
    const read = referenceOf(reference);
    const node = read?.kind === 'result' ? this.#nodesOf(callSite.body).get(read.node) : undefined;
    return node && { callSite, node };
  }

  /** One step back: the values that this one stands for, or its origin. */
  #step({ callSite, reference }: SymbolicTensor): readonly SymbolicTensor[] | Origin {
    const read = referenceOf(reference);
    if (read === undefined) return unknown(`the control input ${reference} is used as a value`);
    if (read.kind === 'argument') return this.#argument(callSite, read.name);
    const node = this.#nodesOf(callSite.body).get(read.node);
    if (node === undefined) return unknown(`${callSite.body.name} has no operation ${read.node}`);
    const calls = functionCallsOf(node, (name) => this.#functions.has(name));
    const operation = { callSite, node };
    if (calls.length === 0) return { kind: 'result', operation, output: read.output, index: read.index };
    return this.#through(operation, calls, read);
  }

  #argument(callSite: CallSite, name: string): readonly SymbolicTensor[] | Origin {
    const { inputs, name: functionName } = callSite.body;
    const at = inputs.findIndex((input) => input.name === name);
    if (at < 0) return unknown(`${functionName} has no argument ${name}`);
    if (callSite.caller !== undefined) return callSite.argument(at);
    const { captures } = this.#concreteFunction;
    const nodeId = captures[at - (inputs.length - captures.length)];
    return nodeId === undefined ? { kind: 'argument', at } : { kind: 'capture', nodeId };
  }

  #through(
    operation: Operation,
    calls: readonly FunctionCall[],
    { output, index }: { readonly output: string; readonly index: number },
  ): readonly SymbolicTensor[] | Origin {
    const tensors: SymbolicTensor[] = [];
    for (const call of calls) {
      const body = this.#functions.get(call.functionName);
      if (body === undefined) return unknown(`there is no function ${call.functionName}`);
      if (runs(operation.callSite, body)) return unknown(`the function ${body.name} calls itself`);
      const named = body.name === operation.node.op;
      const at = named ? body.outputs.findIndex(({ name }) => name === output) : index;
      tensors.push(returned(this.#enter(operation, call, body), at));
      const skipped = call.loops ? this.inputsOf(operation)[at] : undefined;
      if (skipped !== undefined) tensors.push(skipped);
    }
    return tensors;
  }

  #enter(operation: Operation, call: FunctionCall, body: LibraryFunction): CallSite {
    const key = `${operation.callSite.id} ${operation.node.name} ${call.functionName}`;
    const known = this.#entered.get(key);
    if (known !== undefined) return known;
    if (this.#callSites >= maxCallSites) throw new FlowTooLarge(this.#concreteFunction.functionName);
    const inputs = this.inputsOf(operation);
    const argument = (at: number) => {
      const given = inputs[at + call.firstInput];
      return [...(given ? [given] : []), ...(call.loops ? [returned(callSite, at)] : [])];
    };
    const callSite: CallSite = { id: this.#callSites++, body, caller: operation.callSite, argument };
    this.#entered.set(key, callSite);
    return callSite;
  }

  #nodesOf(body: LibraryFunction): ReadonlyMap<string, GraphNode> {
    const known = this.#nodes.get(body) ?? new Map(body.nodes.map((node) => [node.name, node]));
    this.#nodes.set(body, known);
    return known;
  }
}

/** A concrete function that runs so many functions that it cannot be followed. */
export class FlowTooLarge extends UserError {
  constructor(functionName: string) {
    super(
      `The function ${functionName} makes more than ${maxCallSites} calls, which is too many to follow.`,
      'Export the model with fewer functions that call each other.',
    );
  }
}

/** Real models have hundreds; a crafted one can have 2^n. */
const maxCallSites = 100_000;

/** A name for a value that is the same whenever the value is. */
export function keyOf({ callSite, reference }: SymbolicTensor): string {
  return `${callSite.id} ${reference}`;
}

function returned(callSite: CallSite, at: number): SymbolicTensor {
  const name = callSite.body.outputs[at]?.name ?? '';
  return { callSite, reference: callSite.body.returns.get(name) ?? '^' };
}

function runs(callSite: CallSite, body: LibraryFunction): boolean {
  return callSite.body === body || (callSite.caller !== undefined && runs(callSite.caller, body));
}

function unknown(why: string): Origin {
  return { kind: 'unknown', why };
}
