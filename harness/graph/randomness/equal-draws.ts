import type { Attribute, GraphNode } from '../../savedmodel/saved-model.js';
import { keyOf } from '../flow/flow.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { capturedBy } from '../flow/writes.js';
import { positionOf } from '../ops/arguments.js';
import { factsOf } from '../ops/catalogue.js';
import { type Graph, operationKey } from '../shapes/graph.js';
import { randomnessOf } from './random.js';

/** Operations between a random number and what its seed is made of, at most. */
const maxSteps = 20;

/**
 * Names the numbers that an operation draws, or reads of state: the same text for operations that give the same ones,
 * having the same seed, or reading a variable that nothing changes between them.
 */
export function drawKey(graph: Graph, operation: Operation): string {
  const { node } = operation;
  if (node.op === 'ReadVariableOp') return readKey(graph, operation);
  const { by, seeds = [] } = randomnessOf(node) ?? {};
  const shape = sizesOf(graph, operation);
  if (node.op === 'Const') return `Const ${bytesText(node)} ${shape}`;
  if (by === 'kernel' && isSeeded(node.attributes))
    return `${node.op} ${['seed', 'seed2'].map((name) => integerText(node.attributes.get(name)))} ${shape}`;
  if (by !== 'seed') return operationKey(operation);
  const { takes = '' } = factsOf(node.op) ?? {};
  const inputs = graph.inputsOf(operation);
  const given = seeds.map((seed) => inputs[positionOf(takes, seed) ?? -1]);
  return `${node.op} ${given.map((seed) => seed && valueKey(graph, seed, maxSteps))} ${shape}`;
}

/** Not zero, which TensorFlow takes for a seed of its own choice. */
function isSeeded(attributes: ReadonlyMap<string, Attribute>): boolean {
  return ['seed', 'seed2'].some((name) => integerText(attributes.get(name)) !== '0');
}

function integerText(attribute: Attribute | undefined): string {
  return attribute?.kind === 'int' ? String(attribute.value) : '0';
}

/** Axes of size 1 change nothing of what is drawn. */
function sizesOf(graph: Graph, operation: Operation): string {
  const shape = graph.shapeOfOrigin({ kind: 'result', operation, output: 'output', index: 0 });
  return shape?.filter((size) => size !== 1).join('×') ?? 'unknown';
}

function readKey(graph: Graph, operation: Operation): string {
  const variables = capturedBy(graph.flow, operation);
  if (variables.length === 0) return operationKey(operation);
  const { callSite, node } = operation;
  const writing = callSite.body.nodes.filter(
    ({ op, name }) => /Assign/.test(op) && node.inputs.includes(`^${name}`),
  );
  return `${callSite.id} ${variables} after ${writing.map(({ name }) => name).sort()}`;
}

/** Names what a seed is computed of. */
function valueKey(graph: Graph, tensor: SymbolicTensor, steps: number): string {
  const [origin, ...others] = graph.flow.originsOf(tensor);
  if (origin === undefined || others.length > 0 || steps === 0) return keyOf(tensor);
  if (origin.kind === 'argument') return `argument ${origin.at}`;
  if (origin.kind === 'capture') return `capture ${origin.nodeId}`;
  if (origin.kind === 'unknown') return keyOf(tensor);
  const { operation, output, index } = origin;
  const { op } = operation.node;
  if (op === 'Const') return bytesText(operation.node);
  const { stateful, reads = [], units } = factsOf(op) ?? {};
  if (stateful || reads.length > 0 || units === 'source')
    return `${drawKey(graph, operation)} ${output}:${index}`;
  const inputs = graph.inputsOf(operation).map((input) => valueKey(graph, input, steps - 1));
  return `${op} ${output}:${index} (${inputs})`;
}

function bytesText({ attributes }: GraphNode): string {
  const value = attributes.get('value');
  return value?.kind === 'tensor' ? Buffer.from(value.bytes).toString('base64') : '';
}
