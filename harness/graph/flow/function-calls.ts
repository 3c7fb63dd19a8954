import type { Attribute, GraphNode, LibraryFunction } from '../../savedmodel/saved-model.js';

/** A function that an operation runs, and where its arguments come from. */
export type FunctionCall = {
  readonly functionName: string;
  /** Which of the operation's inputs is the function's first argument. */
  readonly firstInput: number;
  /** A loop's body: its results become its arguments, and with no round at all the inputs are the results. */
  readonly loops: boolean;
};

/** The functions whose results are an operation's results; none for an operation of TensorFlow's own. */
export function functionCallsOf(
  node: GraphNode,
  isFunction: (name: string) => boolean,
): readonly FunctionCall[] {
  if (isFunction(node.op)) return [{ functionName: node.op, firstInput: 0, loops: false }];
  switch (node.op) {
    case 'PartitionedCall':
    case 'StatefulPartitionedCall':
      return named(node, ['f'], 0, false);
    case 'If':
    case 'StatelessIf':
      return named(node, ['then_branch', 'else_branch'], 1, false);
    case 'Case':
    case 'StatelessCase':
      return named(node, ['branches'], 1, false);
    case 'While':
    case 'StatelessWhile':
      return named(node, ['body'], 0, true);
    default:
      return [];
  }
}

/** The nodes of a function that run functions; found once, as each analysis of a model asks for them. */
export function callingNodes(
  body: LibraryFunction,
  isFunction: (name: string) => boolean,
): readonly GraphNode[] {
  const found = known.get(body) ?? body.nodes.filter((node) => functionCallsOf(node, isFunction).length > 0);
  known.set(body, found);
  return found;
}

const known = new WeakMap<LibraryFunction, readonly GraphNode[]>();

/** Whether an operation runs one of several functions, as its first input says. */
export function isChoice({ op }: GraphNode): boolean {
  return /^(Stateless)?(If|Case)$/.test(op);
}

function named(
  { attributes }: GraphNode,
  keys: readonly string[],
  firstInput: number,
  loops: boolean,
): readonly FunctionCall[] {
  return keys
    .flatMap((key) => functionNames(attributes.get(key)))
    .map((functionName) => ({ functionName, firstInput, loops }));
}

function functionNames(attribute: Attribute | undefined): readonly string[] {
  if (attribute?.kind === 'function') return [attribute.name];
  return attribute?.kind === 'list' ? attribute.items.flatMap(functionNames) : [];
}
