import type { SavedModel } from '../../harness/savedmodel/saved-model.js';

/** Names of the operations of the main graph that take part in saving or restoring the variables. */
export function saverNodes({ graphNodes, savers }: SavedModel): ReadonlySet<string> {
  const names = new Set(savers);
  for (const name of names) for (const input of graphNodes.get(name)?.inputs ?? []) names.add(nodeOf(input));
  return names;
}

/** `node`, `node:1` or `^node`. */
function nodeOf(input: string): string {
  return input.replace(/^\^/, '').replace(/:\d+$/, '');
}
