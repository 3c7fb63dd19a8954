import type { CallSite } from '../../../harness/graph/flow/symbolic-tensor.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { narrowed, sameForAll, type Units } from '../../../harness/graph/units/units.js';
import type { Shape } from '../../../harness/savedmodel/saved-model.js';

/** How the axes of a value belong to the output. */
export type Axes = {
  /** Where the units lie. */
  readonly units: Units;
  /** Axes over which a mean or a sum is taken later on: places in an image, positions of a kernel. */
  readonly places: Units;
  /** It is part of a kernel: what depends on variables counts as content, too. */
  readonly kernel: boolean;
  /** Between a Fourier transform of the units and its inverse. */
  readonly spectral: boolean;
  /** The body of a loop over whose rounds a mean or a sum is taken later on. */
  readonly rounds: CallSite | undefined;
};

/** Random values of fewer places than this leave nothing of a unit now and then. */
const minPlaces = 4;

/** The places before an operation whose input it is. Places that the graph does not say stay places. */
export function placesInto(graph: Graph, result: Result, places: Units, position: number): Units {
  if (sameForAll(places)) return places;
  const flow = unitFlow(graph, result, places);
  if (flow.kind === 'separate') return flow.inputs.find((input) => input.position === position)?.units ?? [];
  const [before, after] = [graph.inputShape(result.operation, position), graph.shapeOfOrigin(result)];
  return before?.length === after?.length ? places : 'lost';
}

/** Both sets of axes together. */
export function joined(one: Units, other: Units): Units {
  if (sameForAll(one)) return other;
  if (typeof one === 'string' || typeof other === 'string') return sameForAll(other) ? one : 'lost';
  return [...new Set([...one, ...other])].sort((a, b) => a - b);
}

/** Whether a value of this shape is another one in enough places for their mean to keep the unit. */
export function isAveraged(places: Units, shape: Shape, minCount = minPlaces): boolean {
  if (shape === null || typeof places === 'string') return false;
  const varying = narrowed(places, shape);
  if (typeof varying === 'string' || varying.length === 0) return false;
  const sizes = varying.map((axis) => shape[shape.length - 1 - axis] ?? Number.POSITIVE_INFINITY);
  return sizes.reduce((all, size) => all * size, 1) >= minCount;
}
