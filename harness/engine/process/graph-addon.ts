import { loadGraphAddon } from './addon.js';
import type { Fetched, GradientRequest } from './messages.js';

/** A graph with the requested gradients, and their names. @throws Error with TensorFlow's message */
export function withGradients({ addon, graphDef, ys, dys, xs, prefix }: GradientRequest): {
  readonly tensors: readonly Fetched[];
  readonly names: readonly (string | null)[];
} {
  const made = loadGraphAddon(addon).addGradients(Buffer.from(graphDef), ys, dys, xs, prefix);
  return { tensors: [{ shape: [made.graph.length], values: made.graph }], names: made.gradients };
}
