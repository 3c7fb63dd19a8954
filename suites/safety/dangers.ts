import { factsOf } from '../../harness/graph/ops/catalogue.js';
import { conditionHolds } from '../../harness/graph/ops/condition.js';
import type { Effect } from '../../harness/graph/ops/operation-facts.js';
import { moduleOf, outsideOf } from '../../harness/graph/stablehlo/jax.js';
import { tensorValue } from '../../harness/savedmodel/call/tensor-value.js';
import type { GraphNode, LibraryFunction } from '../../harness/savedmodel/saved-model.js';

/** A body of operations: a function, or the main graph. */
export type Body = Pick<LibraryFunction, 'nodes'>;

/** What an operation does outside the process, as the end of a sentence; undefined when it stays inside. */
export function dangerOf(node: GraphNode, body: Body): string | undefined {
  const facts = factsOf(node.op);
  const text = (input: string | undefined) => constantText(input, body);
  const done =
    facts?.outside?.filter(({ unless }) => !unless || !conditionHolds(unless, facts, node, text)) ?? [];
  return done.map(({ does }) => phrases[does]).find((phrase) => phrase !== undefined);
}

/** Undefined for what is no danger. */
const phrases: Readonly<Record<Effect, string | undefined>> = {
  'reads-files': 'reads files',
  'lists-files': 'lists files',
  'writes-files': 'writes files',
  'caches-in-files': 'keeps a cache in files',
  prints: undefined,
  'prints-into-file': 'prints into a file',
  'reads-vocabulary': 'reads the file of a vocabulary',
  'reads-message-type': 'reads the file of a message type',
  'configures-files': 'changes how files are accessed',
  'sends-to-address': 'sends tensors to an address',
  network: 'uses the network',
  'other-processes': 'works together with other processes',
  'other-device': undefined,
  'ends-process': 'ends the process',
  python: 'runs Python',
  'hidden-graph': 'runs a graph that is hidden in a string',
  opaque: undefined,
};

/**
 * What an operation runs that is not in the graph, such as an engine or a compiled program, as the beginning of a
 * sentence; undefined when nothing. Modules of JAX are looked into.
 */
export function unseenBy(node: GraphNode): string | undefined {
  if (!factsOf(node.op)?.outside?.some(({ does }) => does === 'opaque')) return undefined;
  const module = moduleOf(node);
  const target = module && outsideOf(module);
  if (module && target === undefined) return undefined;
  const what = target === undefined ? 'runs' : `calls, ${target},`;
  return `What ${node.op} (${node.name}) ${what} is not in the graph`;
}

/** The text that an input holds, where it is a constant of the same body. */
function constantText(input: string | undefined, { nodes }: Body): string | undefined {
  const name = input?.split(':')[0];
  const value = nodes.find((node) => node.name === name && node.op === 'Const')?.attributes.get('value');
  const tensor = value?.kind === 'tensor' ? tensorValue(value.bytes) : undefined;
  const [text] = tensor?.input.kind === 'value' ? tensor.input.values : [];
  return typeof text === 'string' ? text : undefined;
}
