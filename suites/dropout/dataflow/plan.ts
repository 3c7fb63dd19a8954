import type { Operation, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { inputsBehind } from '../../../harness/graph/flow/walk.js';
import { factsOf } from '../../../harness/graph/ops/catalogue.js';
import type { Dependence } from '../../../harness/graph/randomness/dependence.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';
import type { Axes } from './axes.js';
import type { Value } from './unit-value.js';

/** A value whose composition is asked for. */
export type Request = {
  readonly tensor: SymbolicTensor;
  readonly axes: Axes;
  /** Axes of what takes it; undefined where that is unknown. */
  readonly rank: number | undefined;
};

/** How a value is composed of others. */
export type Plan = {
  readonly requests: readonly Request[];
  /** The values of the requests, in order. Pure, but for doubts. */
  readonly combine: (values: readonly Value[]) => Value;
};

/** What plans are made from. */
export type Context = {
  readonly graph: Graph;
  readonly dependence: Dependence;
  /** Notes why something could not be followed. */
  readonly doubt: (why: string) => void;
  /** Notes an operation that cannot be looked into. */
  readonly ends: (operation: Operation) => void;
};

/** An operation whose result is random and depends on the images, with the axes of that result. */
export type Step = { readonly result: Result; readonly axes: Axes };

export function settled(value: Value): Plan {
  return { requests: [], combine: () => value };
}

/** A request for one of an operation's inputs; empty when it has no such input. */
export function requestFor(
  { graph }: Context,
  { result }: Step,
  position: number,
  axes: Axes,
): readonly Request[] {
  const tensor = graph.inputsOf(result.operation)[position];
  return tensor ? [{ tensor, axes, rank: graph.shapeOfOrigin(result)?.length }] : [];
}

export function opOf({ result: { operation } }: Step): string {
  return operation.node.op;
}

export function dependsOnImages({ graph, dependence }: Context, tensor: SymbolicTensor): boolean {
  return graph.flow.originsOf(tensor).some((origin) => dependence.of(origin).images);
}

export function isRandom({ graph, dependence }: Context, tensor: SymbolicTensor): boolean {
  return graph.flow.originsOf(tensor).some((origin) => dependence.of(origin).random);
}

export function inputOf(
  { graph }: Context,
  operation: Operation,
  position: number,
): SymbolicTensor | undefined {
  return graph.inputsOf(operation)[position];
}

export function dependsOnVariables({ graph }: Context, tensor: SymbolicTensor): boolean {
  const { captures } = inputsBehind(graph.flow, [tensor], ({ op }) => factsOf(op)?.units === 'shape-only');
  return [...captures].some((nodeId) => !graph.isConstant(nodeId));
}
