import type { Operation } from '../../../harness/graph/flow/symbolic-tensor.js';
import { drawKey } from '../../../harness/graph/randomness/equal-draws.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';
import { selectionOf } from './contents.js';

/** Names what draws a value: the same text for everything that is made of the same random numbers. */
export function sourceName(graph: Graph, drawing: Operation, steps: readonly Result[]): string {
  return steps
    .filter((result) => isShortened(graph, result))
    .reduce((name, result) => selectionOf(graph, result)(name), drawKey(graph, drawing));
}

/** Whether a part may be taken: other parts are other numbers. */
function isShortened(graph: Graph, result: Result): boolean {
  const [from, to] = [graph.inputShape(result.operation, 0), graph.shapeOfOrigin(result)];
  const [whole, part] = [sizeOf(from), sizeOf(to)];
  return whole === undefined || part === undefined || part < whole;
}

/** The number of elements of each image. */
function sizeOf(shape: readonly (number | null)[] | null): number | undefined {
  const known = shape?.filter((size) => size !== null);
  return known?.reduce((all, size) => all * size, 1);
}
