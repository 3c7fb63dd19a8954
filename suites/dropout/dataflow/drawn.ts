import type { Operation, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { decides } from '../../../harness/graph/ops/deciding.js';
import { isStirring } from '../../../harness/graph/randomness/changing-state.js';
import type { Dependence } from '../../../harness/graph/randomness/dependence.js';
import { type Graph, operationKey, type Result, resultKey } from '../../../harness/graph/shapes/graph.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { narrowed, sameForAll, type Units, within } from '../../../harness/graph/units/units.js';
import { type Axes, placesInto } from './axes.js';
import { isCentred } from './centred.js';
import { isOfRows, type Randomness } from './randomness.js';
import { type DrawnStep, isMeanOfMany, reachOf, stepsFrom } from './reach.js';
import { runsIn } from './rounds.js';
import { sourceName } from './source.js';

/** What a random value does to the units of what it meets, which has `rank` axes; undefined for one of unknown origin. */
export function drawnIn(
  graph: Graph,
  dependence: Dependence,
  value: Result,
  axes: Omit<Axes, 'spectral'>,
  rank: number | undefined,
): readonly (Randomness | undefined)[] {
  const centred = isCentred(graph, value);
  return beginnings(graph, dependence, value, axes).flatMap((step) => {
    const drawn = randomBehind(graph, dependence, step.result.operation);
    const [first] = drawn;
    const counts = first !== undefined && dependence.changeRead(first) === 'counts';
    const reach = reachOf(step, axes.kernel, rank, counts);
    if (reach === undefined) return [];
    if (first === undefined) return [undefined];
    if (runsIn(first.callSite, axes.rounds) || isMeanOfMany(graph, step.result)) return [];
    const results = stepsFrom(step).map(({ result }) => result);
    const complement = isOfRows({ reach }) && isComplement(graph, dependence, stepsFrom(step));
    const source = `${complement ? 'not ' : ''}${sourceName(graph, first, results)}`;
    const path = [...drawn, ...results.slice(1).map(({ operation }) => operation)];
    return [{ source, reach, centred, transformed: false, drawn: path, trail: undefined }];
  });
}

/** `1 - mask`: images that one of the two drops, the other keeps. */
function isComplement(graph: Graph, dependence: Dependence, steps: readonly DrawnStep[]): boolean {
  const turned = steps.filter(({ result: { operation } }) => {
    if (operation.node.op === 'LogicalNot') return true;
    const [first] = graph.inputsOf(operation);
    const fromSecond = first !== undefined && randomOrigins(graph, dependence, first).length === 0;
    return operation.node.op === 'Sub' && fromSecond;
  });
  return turned.length % 2 === 1;
}

/** Where randomness begins, one step for each way in which it gets to the value. */
function beginnings(
  graph: Graph,
  dependence: Dependence,
  value: Result,
  { units, places }: Pick<Axes, 'units' | 'places'>,
): readonly DrawnStep[] {
  const found: DrawnStep[] = [];
  const seen = new Set<string>();
  const stepOf = (
    result: Result,
    at: Pick<Axes, 'units' | 'places'>,
    into: DrawnStep | undefined,
  ): DrawnStep[] => {
    const key = `${resultKey(result)} ${at.units} ${at.places}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const shape = graph.shapeOfOrigin(result);
    return [{ result, units: narrowed(at.units, shape), places: narrowed(at.places, shape), shape, into }];
  };
  const queue = stepOf(value, { units, places }, undefined);
  for (const step of queue) {
    const before = stepsBefore(graph, dependence, step);
    if (before === undefined || before.length === 0) found.push(step);
    for (const { origin, ...at } of before ?? []) queue.push(...stepOf(origin, at, step));
  }
  return found;
}

type Before = { readonly origin: Result; readonly units: Units; readonly places: Units };

/** Undefined where randomness begins, for the units that are followed. */
function stepsBefore(graph: Graph, dependence: Dependence, step: DrawnStep): readonly Before[] | undefined {
  const { result, units, places } = step;
  if (dependence.isSource(result.operation) || spreads(graph, dependence, step)) return undefined;
  const flow = unitFlow(graph, result, units);
  if (flow.kind !== 'separate') return undefined;
  const inputs = graph.inputsOf(result.operation);
  return flow.inputs.flatMap(({ position, units: taken }) => {
    const at = { units: taken, places: placesInto(graph, result, places, position) };
    const tensor = inputs[position];
    return tensor ? randomOrigins(graph, dependence, tensor).map((origin) => ({ origin, ...at })) : [];
  });
}

/** With what decides between branches. */
function randomOrigins(graph: Graph, dependence: Dependence, tensor: SymbolicTensor): readonly Result[] {
  const deciders = graph.flow.choicesOf(tensor).map(({ decider }) => decider);
  return [tensor, ...deciders]
    .flatMap((each) => graph.flow.originsOf(each))
    .filter((origin) => origin.kind === 'result')
    .filter((origin) => dependence.of(origin).random);
}

/**
 * A random number for all units, compared with another value for each, or hashed with it: the outcome is each unit's own.
 */
function spreads(graph: Graph, dependence: Dependence, step: DrawnStep): boolean {
  if (sameForAll(step.units) || !stepsFrom(step).some(isDecision)) return false;
  const inputs = graph.inputsOf(step.result.operation);
  return (
    inputs.length > 1 &&
    inputs.every((tensor) => {
      const shape = graph.shapeOf(tensor);
      const isRandom = randomOrigins(graph, dependence, tensor).length > 0;
      return !isRandom || sameForAll(narrowed(within(step.units, shape), shape));
    })
  );
}

function isDecision({ result: { operation } }: DrawnStep): boolean {
  return decides(operation.node) || isStirring(operation.node.op);
}

/** The shortest path from a random operation to this one, both included; empty when there is none. */
export function randomBehind(
  graph: Graph,
  dependence: Dependence,
  operation: Operation,
): readonly Operation[] {
  const queue = [{ operation, path: [operation] }];
  const seen = new Set<string>();
  for (const { operation: at, path } of queue) {
    if (dependence.isSource(at)) return path;
    for (const origin of graph.inputsOf(at).flatMap((tensor) => graph.flow.originsOf(tensor))) {
      if (origin.kind !== 'result' || seen.has(operationKey(origin.operation))) continue;
      seen.add(operationKey(origin.operation));
      queue.push({ operation: origin.operation, path: [origin.operation, ...path] });
    }
  }
  return [];
}
