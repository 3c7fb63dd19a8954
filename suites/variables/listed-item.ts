import type { ListItem, SavedModel } from '../../harness/savedmodel/saved-model.js';

/** An item of a list as findings print it: a variable by its path. */
export function itemText(item: ListItem, { variables }: SavedModel): string {
  if (item.kind === 'other') return item.what;
  return variables.find(({ nodeId }) => nodeId === item.nodeId)?.path ?? `object ${item.nodeId}`;
}
