import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { upstreamOf } from './runners.js';

/** Names of the operations of the main graph that take part in saving or restoring the variables. */
export function saverNodes(model: SavedModel): ReadonlySet<string> {
  return new Set([model.saver.save, model.saver.restore].flatMap((name) => [...upstreamOf(model, name)]));
}
