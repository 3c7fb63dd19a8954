import { tensorValue } from '../../harness/savedmodel/call/tensor-value.js';
import type { GraphNode, SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Site } from './sites.js';

/**
 * Whether an operation only saves or restores the variables where its caller says: a saver has to, and nothing runs it here.
 * With a path of its own, or as another implementation of a function that is called, it could harm.
 */
export function savesWhereToldTo(
  { functions }: Pick<SavedModel, 'functions'>,
  { node, root, body, functionName }: Site,
): boolean {
  const paths = root.kind === 'saver' ? (pathInputs[node.op] ?? 0) : 0;
  const definition = functionName === undefined ? undefined : functions.get(functionName);
  if (paths === 0 || (definition && Buffer.from(definition.bytes).includes('api_implements'))) return false;
  const given = new Set(definition?.inputs.map(({ name }) => name));
  const nodes = new Map(body.nodes.map((one) => [one.name, one]));
  return node.inputs.slice(0, paths).every((input) => comesFromCaller(input, nodes, given));
}

/** How many of its first inputs are paths. */
const pathInputs: Readonly<Record<string, number>> = { SaveV2: 1, RestoreV2: 1, MergeV2Checkpoints: 2 };

/** Operations that a saver makes paths of shards with. */
const joining =
  /^(Const|ConcatV2|ExpandDims|Identity|Pack|Reshape|Select|SelectV2|ShardedFilename|StaticRegexFullMatch|StringJoin)$/;

function comesFromCaller(
  reference: string,
  nodes: ReadonlyMap<string, GraphNode>,
  given: ReadonlySet<string>,
): boolean {
  let told = false;
  const names = new Set([nameOf(reference)]);
  for (const name of names) {
    const node = nodes.get(name);
    if (given.has(name) || node?.op === 'Placeholder' || node?.op === 'PlaceholderWithDefault') {
      told = true;
      continue;
    }
    if (node === undefined || !joining.test(node.op) || leadsElsewhere(node)) return false;
    for (const input of node.inputs) if (!input.startsWith('^')) names.add(nameOf(input));
  }
  return told;
}

/** A text that is an absolute path, or one that climbs. */
function leadsElsewhere({ op, attributes }: GraphNode): boolean {
  const value = op === 'Const' ? attributes.get('value') : undefined;
  const tensor = value?.kind === 'tensor' ? tensorValue(value.bytes) : undefined;
  const texts = tensor?.input.kind === 'value' ? tensor.input.values : [];
  return texts.some((text) => typeof text === 'string' && /^\/|\.\.|:\/\//.test(text));
}

function nameOf(reference: string): string {
  return reference.split(':')[0] ?? '';
}
