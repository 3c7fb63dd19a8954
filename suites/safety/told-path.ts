import { tensorValue } from '../../harness/savedmodel/call/tensor-value.js';
import { nodeOf } from '../../harness/savedmodel/node-of.js';
import type { GraphNode } from '../../harness/savedmodel/saved-model.js';
import type { CallSite, Reach, Scope } from './reach.js';

/**
 * What a text in a graph is: `told`, what whoever saves or restores has passed for a path, or a path beside it; `part`, a constant that may
 * follow such a path; undefined: anything else, which may lead anywhere.
 */
type Kind = 'told' | 'part' | undefined;

/** Which texts of a model are the path that its saver is told, or one beside it, wherever their function is called. */
export class ToldPaths {
  readonly #reach: Reach;
  /** Undefined while it is looked at: a text that leads to itself is none. */
  readonly #kinds = new Map<Scope, Map<string, Kind>>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  isTold(reference: string, functionName: string | undefined): boolean {
    const { functions } = this.#reach.model;
    return (
      this.#kindOf(reference, functionName === undefined ? undefined : functions.get(functionName), 0) ===
      'told'
    );
  }

  #kindOf(reference: string, scope: Scope, depth: number): Kind {
    const known = this.#kinds.get(scope) ?? new Map<string, Kind>();
    this.#kinds.set(scope, known);
    if (known.has(reference) || depth > maxDepth) return known.get(reference);
    known.set(reference, undefined);
    const kind = this.#find(nodeOf(reference), scope, depth + 1);
    known.set(reference, kind);
    return kind;
  }

  #find(name: string, scope: Scope, depth: number): Kind {
    const argument = scope?.inputs.findIndex((input) => input.name === name) ?? -1;
    if (scope !== undefined && argument >= 0) {
      const calls = this.#reach.callSitesOf(scope.name);
      return same(calls.map((site) => this.#passedBy(site, scope.name, argument, depth)));
    }
    if (scope === undefined && name === this.#reach.model.saver.filename) return 'told';
    const node = this.#reach.nodeIn(scope, name);
    return node && kindOfNode(node, (input) => this.#kindOf(input, scope, depth));
  }

  /** Only of calls that pass their inputs as they are. */
  #passedBy({ node, scope }: CallSite, name: string, argument: number, depth: number): Kind {
    const plain = /^(Stateful)?PartitionedCall$/.test(node.op) || node.op === name;
    const input = node.inputs[argument];
    return plain && input !== undefined && !input.startsWith('^')
      ? this.#kindOf(input, scope, depth)
      : undefined;
  }
}

/** Of operations and calls from a saver to its path; what exporters write needs ten. */
const maxDepth = 200;

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
      return kinds(0, 1)[0];
    case 'ShardedFilename':
      return kinds(0, 1)[0] === 'told' ? 'told' : undefined;
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
