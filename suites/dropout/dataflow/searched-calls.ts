import { oncePerModel } from '../../../harness/check/once-per-model.js';
import { type ReachableCall, reachableCalls } from '../../../harness/check/reachable-calls.js';
import { sizesRunning } from '../../../harness/check/sizes-of-functions.js';
import type { Contract } from '../../../harness/contract/contract.js';
import { outputIndex } from '../../../harness/engine/output-index.js';
import { Flow } from '../../../harness/graph/flow/flow.js';
import { fixedDraws } from '../../../harness/graph/randomness/fixed-draws.js';
import type { Graph } from '../../../harness/graph/shapes/graph.js';
import { ShapedGraph } from '../../../harness/graph/shapes/shaped-graph.js';
import { smallestSize } from '../../../harness/images/corners.js';
import { namedEndpoint } from '../../../harness/savedmodel/named-endpoint.js';
import type { SavedModel } from '../../../harness/savedmodel/saved-model.js';
import { type Found, masksOn } from './masks.js';

/** What was found on the output of one call. */
export type SearchedCall = Found & { readonly call: ReachableCall; readonly graph: Graph };

/**
 * Looks for masks on the outputs of all calls; those that give no tensor are left out. Throws FlowTooLarge.
 */
export const searchedCalls = oncePerModel((model, contract) => {
  const endpoint = namedEndpoint(model, contract);
  return search(model, contract, endpoint ? reachableCalls(endpoint, contract) : []);
});

/**
 * For images of the smallest size that it is run for: where a map has a single place left, its mean mixes nothing. Numbers that are drawn with a
 * constant seed are weights where inference has them, too; those of training alone are masks and noise that nobody who calls the
 * model for its features gets.
 */
function search(
  model: SavedModel,
  contract: Contract,
  calls: readonly ReachableCall[],
): readonly SearchedCall[] {
  const outputs = calls.flatMap((call) => {
    const flow = new Flow(model, call.concreteFunction);
    const output = flow.outputs[outputIndex(call.concreteFunction, contract.endpoint)];
    if (output === undefined) return [];
    const { at, shape } = call.images;
    const { height, width } =
      sizesRunning(call.concreteFunction, model, contract, call.args)[0] ?? smallestSize(contract);
    const smallest = [null, height, width, 3];
    const images = { at, shape: (shape ?? smallest).map((size, axis) => size ?? smallest[axis] ?? null) };
    const graph = new ShapedGraph(flow, images, model);
    return [{ call, graph, output, draws: fixedDraws(graph, output) }];
  });
  const atInference = outputs.filter(({ call }) => call.args.training !== true);
  const weights = new Set(atInference.flatMap(({ draws }) => [...draws.always]));
  return outputs.map(({ call, graph, output, draws }) => {
    const fixed = new Set([...draws.all].filter((draw) => !weights.has(draw)));
    return { call, graph, ...masksOn(graph, output, fixed) };
  });
}
