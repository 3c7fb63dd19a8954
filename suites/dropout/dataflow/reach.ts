import { decides } from '../../../harness/graph/ops/deciding.js';
import { isStirring } from '../../../harness/graph/randomness/changing-state.js';
import { axesReduced } from '../../../harness/graph/shapes/axes.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';
import { sameForAll, type Units } from '../../../harness/graph/units/units.js';
import type { Shape } from '../../../harness/savedmodel/saved-model.js';
import { isAveraged } from './axes.js';
import { isCentred } from './centred.js';
import type { Reach } from './randomness.js';

/** A step back from a random value, in which the images have no part, to where its randomness begins. */
export type DrawnStep = {
  readonly result: Result;
  readonly units: Units;
  readonly places: Units;
  readonly shape: Shape;
  readonly into: DrawnStep | undefined;
};

/**
 * Undefined where it drops and scales nothing: it is another one in each of many places, or scales all units alike, or is
 * a counter that is compared with a number once and for all.
 */
export function reachOf(
  step: DrawnStep,
  kernel: boolean,
  rank: number | undefined,
  counts: boolean,
): Reach | undefined {
  const { units, places, shape } = step;
  if (isAveraged(places, shape)) return undefined;
  const steps = stepsFrom(step);
  if (sameForAll(units)) return counts && !steps.some(isHash) ? undefined : reachOfRow(steps, kernel, rank);
  const unknown = sameForAll(places) ? steps.every((each) => each.shape === null) : shape === null;
  return unknown || units === 'lost' || places === 'lost' ? 'unclear' : 'units';
}

/** Of a number for all units: whether it is drawn once for each image or once for all, and not for each place. */
function reachOfRow(
  steps: readonly DrawnStep[],
  kernel: boolean,
  rank: number | undefined,
): Reach | undefined {
  const edge = steps.findLast(
    ({ result, units }) => sameForAll(units) && !/MatrixDiag/.test(result.operation.node.op),
  );
  if (!edge?.shape) return 'unclear';
  const [first = 1, ...others] = edge.shape;
  if (others.some((size) => size !== 1) || (kernel && first !== 1)) return undefined;
  const ofImages = first === 1 || edge.shape.length === rank || edge !== steps.at(-1);
  if (!ofImages) return rank === undefined ? 'unclear' : undefined;
  return steps.some(({ result }) => decides(result.operation.node)) ? 'rows' : 'brightness';
}

/** Numbers whose mean is nearly the same each time, at least. */
const minSummands = 16;

/** Of numbers that are not zero on average, as the bits of a mask: it is nearly the same each time. */
export function isMeanOfMany(graph: Graph, result: Result): boolean {
  const { operation } = result;
  if (!/^(Mean|Sum)$/.test(operation.node.op)) return false;
  const [numbers] = graph.inputsOf(operation);
  const [origin] = numbers ? graph.flow.originsOf(numbers) : [];
  const areCentred = origin?.kind !== 'result' || isCentred(graph, origin);
  return (
    !areCentred &&
    isAveraged(axesReduced(graph, result) ?? 'lost', graph.inputShape(operation, 0), minSummands)
  );
}

function isHash({ result: { operation } }: DrawnStep): boolean {
  return isStirring(operation.node.op);
}

/** From where randomness begins to the value. */
export function stepsFrom(step: DrawnStep): readonly DrawnStep[] {
  return step.into ? [step, ...stepsFrom(step.into)] : [step];
}
