import type { GraphNode } from '../../savedmodel/saved-model.js';
import { numbersOf } from '../flow/constant.js';
import type { CallSite, Choice, Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { inputsBehind, walkBack } from '../flow/walk.js';
import type { Graph } from '../shapes/graph.js';
import { drawKey } from './equal-draws.js';
import { isRandom, randomnessOf } from './random.js';

/** Random numbers that are the same in every call, by `drawKey`. */
export type FixedDraws = {
  readonly all: ReadonlySet<string>;
  /** Drawn whatever the arguments are; the others only in a branch that an argument selects, as `training` does. */
  readonly always: ReadonlySet<string>;
};

/** What is drawn behind an output with constant seeds. Throws FlowTooLarge. */
export function fixedDraws(graph: Graph, output: SymbolicTensor): FixedDraws {
  const draws: Operation[] = [];
  const branches = new Map<CallSite, Choice>();
  const withChoices = (tensor: SymbolicTensor): SymbolicTensor => {
    for (const choice of graph.flow.choicesOf(tensor).filter((each) => isByArgument(graph, each)))
      for (const { callSite } of choice.options) branches.set(callSite, choice);
    return tensor;
  };
  walkBack(graph.flow, [withChoices(output)], (origin) => {
    if (origin.kind !== 'result') return [];
    if (isFixed(graph, origin.operation)) draws.push(origin.operation);
    return graph.inputsOf(origin.operation).map(withChoices);
  });
  const always = draws.filter((draw) => {
    const branch = enclosing(draw.callSite, branches);
    const choice = branch && branches.get(branch);
    return choice === undefined || isInEachBranch(graph, draw, draws, choice);
  });
  return {
    all: new Set(draws.map((draw) => drawKey(graph, draw))),
    always: new Set(always.map((draw) => drawKey(graph, draw))),
  };
}

/** Whether an operation draws random numbers that are the same in every call, or holds a mask. */
export function isFixed(graph: Graph, operation: Operation): boolean {
  if (operation.node.op === 'Const') return isMask(operation.node);
  return randomnessOf(operation.node)?.by === 'seed' && !isRandom(graph, operation);
}

/** Zeros and one other number, as a mask that Python drew when the call was traced. */
function isMask(node: GraphNode): boolean {
  const values = new Set(numbersOf(node)?.values);
  return values.size === 2 && values.has(0);
}

function isByArgument(graph: Graph, { decider }: Choice): boolean {
  const positions = inputsBehind(graph.flow, [decider]).arguments;
  return [...positions].some((at) => !graph.isImages({ kind: 'argument', at }));
}

/** The innermost branch in which a function runs. */
function enclosing(callSite: CallSite, branches: ReadonlyMap<CallSite, Choice>): CallSite | undefined {
  if (branches.has(callSite)) return callSite;
  return callSite.caller && enclosing(callSite.caller, branches);
}

function isInEachBranch(graph: Graph, draw: Operation, draws: readonly Operation[], choice: Choice): boolean {
  const key = drawKey(graph, draw);
  const equal = draws.filter((other) => drawKey(graph, other) === key);
  const within = ({ callSite }: Operation, branch: CallSite) =>
    enclosing(callSite, new Map([[branch, choice]]));
  return choice.options.every(({ callSite }) => equal.some((other) => within(other, callSite) !== undefined));
}
