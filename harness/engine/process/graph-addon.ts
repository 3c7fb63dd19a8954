import { loadGraphAddon } from './addon.js';
import type { Fetched, GradientRequest, ImportRequest } from './messages.js';

/** A graph with the requested gradients, and their names. @throws Error with TensorFlow's message */
export function withGradients({ addon, graphDef, ys, dys, xs, prefix }: GradientRequest): {
  readonly tensors: readonly Fetched[];
  readonly texts: readonly (string | null)[];
} {
  const made = loadGraphAddon(addon).addGradients(Buffer.from(graphDef), ys, dys, xs, prefix);
  return { tensors: [{ shape: [made.graph.length], values: made.graph }], texts: made.gradients };
}

/** Why TensorFlow refuses each of the functions; null for those that it imports. @throws Error where it refuses their library */
export function imported({ addon, library, graphs }: ImportRequest): {
  readonly tensors: readonly Fetched[];
  readonly texts: readonly (string | null)[];
} {
  const bytes = graphs.map((graph) => Buffer.from(graph));
  return { tensors: [], texts: loadGraphAddon(addon).importFunctions(Buffer.from(library), bytes) };
}
