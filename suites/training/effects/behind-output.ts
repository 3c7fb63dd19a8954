import type { Contract } from '../../../harness/contract/contract.js';
import { outputIndex } from '../../../harness/engine/output-index.js';
import type { Call, ModelFacts } from '../../../harness/engine/subject.js';
import { Flow, FlowTooLarge } from '../../../harness/graph/flow/flow.js';
import type { SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import type { Graph } from '../../../harness/graph/shapes/graph.js';
import { ShapedGraph } from '../../../harness/graph/shapes/shaped-graph.js';

/** What the graph of a call shows of its output; `unknown` where it cannot be followed. @throws CallRefused */
export function behindOutput<T>(
  subject: ModelFacts,
  { endpoint }: Contract,
  { batch, args }: Call,
  look: (graph: Graph, output: SymbolicTensor) => T,
  unknown: T,
): T {
  const concreteFunction = subject.concreteFunctionFor(batch, args);
  try {
    const flow = new Flow(subject.model, concreteFunction);
    const output = flow.outputs[outputIndex(concreteFunction, endpoint)];
    return output ? look(new ShapedGraph(flow, images, subject.model), output) : unknown;
  } catch (error) {
    if (error instanceof FlowTooLarge) return unknown;
    throw error;
  }
}

/** The first argument; its shape is left to the files. */
const images = { at: 0, shape: null };
