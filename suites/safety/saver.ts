import type { Reach } from './reach.js';

/** Names of the operations of the main graph that take part in saving or restoring the variables. */
export function saverNodes(reach: Reach): ReadonlySet<string> {
  const { save, restore } = reach.model.saver;
  return new Set([...reach.upstreamOf(save), ...reach.upstreamOf(restore)]);
}
