import type { SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';

/** Whether the mean of a random value is zero, as far as products with and sums of constants tell. */
export function isCentred(graph: Graph, value: Result): boolean {
  return Math.abs(meanOf(graph, value, maxSteps) ?? 1) < 1e-6;
}

/** Operations between a random number and what is made of it, at most. */
const maxSteps = 30;

type Mean = number | undefined;

/** The mean over what is drawn; undefined where the graph does not say. */
function meanOf(graph: Graph, { operation }: Result, steps: number): Mean {
  const { op } = operation.node;
  if (/Normal/.test(op)) return 0;
  if (/^(Stateless)?RandomUniform(V2)?$|^StatefulUniform$/.test(op)) return 0.5;
  const combine = steps > 0 ? combined[op] : undefined;
  return combine?.(graph.inputsOf(operation).map((tensor) => meanOfTensor(graph, tensor, steps - 1)));
}

const combined: Readonly<Record<string, (means: readonly Mean[]) => Mean>> = {
  Identity: ([one]) => one,
  Cast: ([one]) => one,
  Reshape: ([one]) => one,
  Neg: ([one]) => (one === undefined ? undefined : -one),
  Add: sum,
  AddV2: sum,
  Sub: ([one, other]) => sum([one, other === undefined ? undefined : -other]),
  Mul: product,
  GreaterEqual: above,
  Greater: above,
};

function sum(means: readonly Mean[]): Mean {
  return means.reduce((one, other) => (one === undefined || other === undefined ? undefined : one + other));
}

/** A mean of zero stays, whatever it is multiplied with. */
function product(means: readonly Mean[]): Mean {
  if (means.includes(0)) return 0;
  return means.reduce((one, other) => (one === undefined || other === undefined ? undefined : one * other));
}

/** How often a uniform number is above a constant. */
function above([one, other]: readonly Mean[]): Mean {
  return one === 0.5 && other !== undefined && other > 0 && other < 1 ? 1 - other : undefined;
}

function meanOfTensor(graph: Graph, tensor: SymbolicTensor, steps: number): Mean {
  const numbers = graph.numbersIn(tensor);
  if (numbers !== undefined && numbers.length > 0)
    return numbers.reduce((total, number) => total + number, 0) / numbers.length;
  const [origin, ...others] = graph.flow.originsOf(tensor);
  return origin?.kind === 'result' && others.length === 0 ? meanOf(graph, origin, steps) : undefined;
}
