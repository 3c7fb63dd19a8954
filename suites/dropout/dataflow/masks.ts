import { operationText } from '../../../harness/graph/flow/operation-text.js';
import type { Operation, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { decides } from '../../../harness/graph/ops/deciding.js';
import { Dependence } from '../../../harness/graph/randomness/dependence.js';
import { type Graph, operationKey } from '../../../harness/graph/shapes/graph.js';
import { sameForAll } from '../../../harness/graph/units/units.js';
import { MaskWalk, type Step } from './mask-walk.js';

/** A random value that reaches the output without a layer that mixes units in between. */
export type Mask = {
  /** Some units and not others, or all units of an image at once. */
  readonly changes: 'units' | 'rows';
  /** From the random operation to the last one before the output. */
  readonly path: readonly Operation[];
  /** Index on the path at which randomness meets values from the images. */
  readonly meets: number;
};

export type Found = {
  readonly masks: readonly Mask[];
  /** Random operations that reach the output only through layers that mix units. */
  readonly mixed: readonly Operation[];
  /** Why something could not be decided. */
  readonly doubts: readonly string[];
};

/** Looks for random masks and noise on an output. Throws FlowTooLarge. */
export function masksOn(graph: Graph, output: SymbolicTensor): Found {
  const dependence = new Dependence(graph, output);
  if (dependence.sources.length + dependence.unknown.size === 0) return { masks: [], mixed: [], doubts: [] };
  const walk = new MaskWalk(graph, dependence, output);
  const doubts = new Set(walk.doubts);
  const masks = new Map<string, Mask>();
  for (const step of walk.sources) {
    const decided = maskOf(graph, dependence, step);
    if (typeof decided === 'string') doubts.add(decided);
    else if (decided !== undefined) {
      const key = operationKey(decided.path[0] ?? step.result.operation);
      if (!masks.has(key)) masks.set(key, decided);
    }
  }
  const mixed = dependence.sources.filter((operation) => !masks.has(operationKey(operation)));
  return { masks: [...masks.values()], mixed, doubts: [...doubts] };
}

/** The mask that a random value makes; undefined for one that drops nothing; a sentence where that is inconclusive. */
function maskOf(graph: Graph, dependence: Dependence, step: Step): Mask | string | undefined {
  const random = randomBehind(graph, dependence, step.result.operation);
  if (random.length === 0) return [...dependence.unknown][0] ?? 'a part of the graph is missing';
  const steps = stepsFrom(step);
  const path = [...random, ...steps.slice(1).map(({ result }) => result.operation)];
  const made = steps.filter(({ pure }) => pure);
  const meets = Math.min(random.length - 1 + made.length, path.length - 1);
  if (sameForAll(step.units)) return isRowMask(steps, made) ? { changes: 'rows', path, meets } : undefined;
  if (step.units === 'lost' || [step, ...made].every(({ shape }) => shape === null)) return unclear(path[0]);
  return { changes: 'units', path, meets };
}

function unclear(operation: Operation | undefined): string {
  const what = operation ? operationText(operation) : 'something random';
  return `the shapes do not show whether ${what} is the same for all units`;
}

/** A decision made once for each image, or once for all, that no other addend compensates. */
function isRowMask(steps: readonly Step[], made: readonly Step[]): boolean {
  const [edge, meeting] = [made.at(-1), steps[made.length]];
  const shape = edge?.shape;
  if (steps[0]?.beside || !shape || !made.some(({ result }) => decides(result.operation.node))) return false;
  const [first, ...others] = shape;
  const once = others.every((size) => size === 1);
  return once && (first === undefined || first === 1 || shape.length === meeting?.shape?.length);
}

/** From where randomness begins to the output. */
function stepsFrom(step: Step): readonly Step[] {
  return step.into ? [step, ...stepsFrom(step.into)] : [step];
}

/** The shortest path from a random operation to this one, both included; empty when there is none. */
function randomBehind(graph: Graph, dependence: Dependence, operation: Operation): readonly Operation[] {
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
