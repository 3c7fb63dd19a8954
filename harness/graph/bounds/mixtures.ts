import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { type Graph, resultKey } from '../shapes/graph.js';
import type { Context } from './context.js';

/** A sum that lies between `a` and `b` where the share lies between 0 and 1. */
export type Mixture = {
  readonly share: SymbolicTensor;
  /** What the share is divided by, where the sum divides at another place. */
  readonly over?: SymbolicTensor;
  readonly of: readonly [a: SymbolicTensor, b: SymbolicTensor];
};

/**
 * What an operation gives, as mixtures: `g · a + (1 - g) · b`, `b + g · (a - b)`, `b - g · (b - a)`. `areOpposite`: whether
 * factors are such that one is 1 where the other is 0, written in a further way.
 */
export function mixturesIn(
  { graph, result }: Context,
  areOpposite: (one: SymbolicTensor, other: SymbolicTensor) => boolean = () => false,
): readonly Mixture[] {
  const { op } = result.operation.node;
  const [one, other] = graph.inputsOf(result.operation);
  if (!one || !other) return [];
  if (op === 'Sub') return steppedDown(graph, one, other);
  if (!/^Add(V2)?$/.test(op)) return [];
  const opposite = (share: SymbolicTensor, turned: SymbolicTensor) =>
    isRest(graph, turned, share) || areOpposite(share, turned);
  return [
    ...weighed(graph, one, other, opposite),
    ...weighed(graph, other, one, opposite),
    ...steppedUp(graph, one, other),
    ...steppedUp(graph, other, one),
  ];
}

/** `g · a + (1 - g) · b`. */
function weighed(
  graph: Graph,
  one: SymbolicTensor,
  other: SymbolicTensor,
  areOpposite: (share: SymbolicTensor, turned: SymbolicTensor) => boolean,
): readonly Mixture[] {
  return factorsOf(graph, one).flatMap(([share, a]) =>
    factorsOf(graph, other).flatMap(([turned, b]) =>
      areOpposite(share, turned) ? [{ share, of: [a, b] }] : [],
    ),
  );
}

/** `b + g · (a - b)`. */
function steppedUp(graph: Graph, b: SymbolicTensor, step: SymbolicTensor): readonly Mixture[] {
  return stepsIn(graph, step).flatMap(({ difference, ...share }) => {
    const [a, same] = inputsOf(graph, difference, /^Sub$/);
    return a && same && areSame(graph, same, b) ? [{ ...share, of: [a, b] as const }] : [];
  });
}

/** `b - g · (b - a)`. */
function steppedDown(graph: Graph, b: SymbolicTensor, step: SymbolicTensor): readonly Mixture[] {
  return stepsIn(graph, step).flatMap(({ difference, ...share }) => {
    const [same, a] = inputsOf(graph, difference, /^Sub$/);
    return a && same && areSame(graph, same, b) ? [{ ...share, of: [a, b] as const }] : [];
  });
}

type Step = Pick<Mixture, 'share' | 'over'> & { readonly difference: SymbolicTensor };

/** `g · d`, `(g · d) / over`, `g · (d / over)`, the factors in either order. */
function stepsIn(graph: Graph, step: SymbolicTensor): readonly Step[] {
  const [whole, over] = inputsOf(graph, step, division);
  if (whole && over)
    return factorsOf(graph, whole).map(([share, difference]) => ({ share, difference, over }));
  return factorsOf(graph, step).flatMap(([share, difference]) => {
    const [divided, by] = inputsOf(graph, difference, division);
    return divided && by ? [{ share, difference: divided, over: by }] : [{ share, difference }];
  });
}

export const division = /^(RealDiv|DivNoNan)$/;

/** A product's factors, either first. */
function factorsOf(
  graph: Graph,
  product: SymbolicTensor,
): readonly (readonly [SymbolicTensor, SymbolicTensor])[] {
  const [one, other] = inputsOf(graph, product, /^Mul(NoNan)?$/);
  return one && other
    ? [
        [one, other],
        [other, one],
      ]
    : [];
}

/** `1 - g`. */
function isRest(graph: Graph, rest: SymbolicTensor, share: SymbolicTensor): boolean {
  const [whole, taken] = inputsOf(graph, rest, /^Sub$/);
  if (!whole || !taken || !areSame(graph, taken, share)) return false;
  return graph.numbersIn(whole)?.every((number) => number === 1) === true;
}

/** The inputs of the operation behind a tensor, if it is this one. */
export function inputsOf(graph: Graph, tensor: SymbolicTensor, op: RegExp): readonly SymbolicTensor[] {
  const operation = operationBehind(graph, tensor);
  return operation && op.test(operation.node.op) ? graph.inputsOf(operation) : [];
}

/** The operation that a value comes from, where it is one alone. */
export function operationBehind(graph: Graph, tensor: SymbolicTensor): Operation | undefined {
  const [origin, ...others] = graph.flow.originsOf(tensor);
  return origin?.kind === 'result' && others.length === 0 ? origin.operation : undefined;
}

export function areSame(graph: Graph, one: SymbolicTensor, other: SymbolicTensor): boolean {
  const [a, ...more] = graph.flow.originsOf(one);
  const [b, ...others] = graph.flow.originsOf(other);
  return (
    a?.kind === 'result' &&
    b?.kind === 'result' &&
    more.length + others.length === 0 &&
    resultKey(a) === resultKey(b)
  );
}
