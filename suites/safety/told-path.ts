import { calleesOf } from '../../harness/graph/reachable.js';
import { tensorValue } from '../../harness/savedmodel/call/tensor-value.js';
import type { GraphNode, LibraryFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { nodeOf } from './runners.js';

/**
 * What a text in a graph is: `told`, what whoever saves or restores has passed for a path, or a path beside it; `part`, a constant that may
 * follow such a path; undefined: anything else, which may lead anywhere.
 */
type Kind = 'told' | 'part' | undefined;

/** A function, or the main graph. */
type Scope = Pick<LibraryFunction, 'nodes' | 'inputs' | 'name'> | undefined;

/** Whether a text is the path that the saver of a model is told, or one beside it, wherever its function is called. */
export function isToldPath(model: SavedModel, reference: string, functionName: string | undefined): boolean {
  const scope = functionName === undefined ? undefined : model.functions.get(functionName);
  return kindOf(model, reference, scope, new Set()) === 'told';
}

/** `seen`: what is being looked at already; a text that leads to itself is none. */
function kindOf(model: SavedModel, reference: string, scope: Scope, seen: ReadonlySet<string>): Kind {
  const key = `${scope?.name ?? ''} ${reference}`;
  if (seen.has(key) || seen.size > maxSteps) return undefined;
  const further = new Set(seen).add(key);
  const name = nodeOf(reference);
  const argument = scope?.inputs.findIndex((input) => input.name === name) ?? -1;
  if (scope !== undefined && argument >= 0) return kindOfArgument(model, scope.name, argument, further);
  if (scope === undefined && name === model.saver.filename) return 'told';
  const node =
    scope === undefined ? model.graphNodes.get(name) : scope.nodes.find((one) => one.name === name);
  return node && kindOfNode(node, (input) => kindOf(model, input, scope, further));
}

const maxSteps = 200;

/** What every call passes for it. */
function kindOfArgument(model: SavedModel, name: string, argument: number, seen: ReadonlySet<string>): Kind {
  const scopes: Scope[] = [undefined, ...model.functions.values()];
  const kinds = scopes.flatMap((scope) =>
    (scope?.nodes ?? [...model.graphNodes.values()])
      .filter((node) => calleesOf(node).includes(name))
      .map((node) => passedBy(node, name, argument, (input) => kindOf(model, input, scope, seen))),
  );
  return kinds.length > 0 && kinds.every((kind) => kind === kinds[0]) ? kinds[0] : undefined;
}

/** Only of calls that pass their inputs as they are. */
function passedBy(node: GraphNode, name: string, argument: number, kind: (input: string) => Kind): Kind {
  const plain = /^(Stateful)?PartitionedCall$/.test(node.op) || node.op === name;
  const input = node.inputs[argument];
  return plain && input !== undefined && !input.startsWith('^') ? kind(input) : undefined;
}

/** Of what a saver makes the paths of its parts with. */
function kindOfNode(node: GraphNode, kind: (input: string) => Kind): Kind {
  const inputs = node.inputs.filter((input) => !input.startsWith('^'));
  const kinds = (from: number, to?: number) => inputs.slice(from, to).map(kind);
  switch (node.op) {
    case 'Const':
      return isPart(node) ? 'part' : undefined;
    case 'Identity':
    case 'ExpandDims':
    case 'Reshape':
    case 'ShardedFilename':
      return kinds(0, 1)[0] === 'told' || node.op === 'Identity' ? kinds(0, 1)[0] : undefined;
    case 'Pack':
      return same(kinds(0));
    case 'ConcatV2':
      return same(kinds(0, -1));
    case 'Select':
    case 'SelectV2':
      return same(kinds(1));
    case 'StringJoin':
      return joined(node, kinds(0));
    default:
      return undefined;
  }
}

function same(kinds: readonly Kind[]): Kind {
  return kinds.every((kind) => kind === kinds[0]) ? kinds[0] : undefined;
}

/** Parts after a path, with nothing between them. */
function joined({ attributes }: GraphNode, [first, ...rest]: readonly Kind[]): Kind {
  const separator = attributes.get('separator');
  const plain = separator === undefined || (separator.kind === 'string' && separator.value === '');
  return plain && rest.every((kind) => kind === 'part') ? first : undefined;
}

/** A text that cannot lead elsewhere, whatever it is joined with: no root, no step up, nor a piece of one. */
function isPart({ attributes }: GraphNode): boolean {
  const value = attributes.get('value');
  const tensor = value?.kind === 'tensor' ? tensorValue(value.bytes) : undefined;
  const texts = tensor?.input.kind === 'value' ? tensor.input.values : [];
  return texts.length > 0 && texts.every((text) => typeof text === 'string' && part.test(text));
}

const part = /^(?!.*\.\.)(?!\/)[\w./-]*[\w-]$/;
