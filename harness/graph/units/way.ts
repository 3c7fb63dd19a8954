import type { Graph, Result } from '../shapes/graph.js';
import type { Units } from './units.js';

/** How a result's units come from an operation's inputs. */
export type Way =
  /** Unit by unit, from these inputs. */
  | { readonly kind: 'apart'; readonly inputs: readonly Input[] }
  /** From several units at once. */
  | { readonly kind: 'mixed' }
  /** This check does not know the operation. */
  | { readonly kind: 'undecided' };

export type Input = { readonly position: number; readonly units: Units };

/** The way into one kind of operation. */
export type WayInto = (graph: Graph, result: Result, units: Units) => Way;

export const mixed: Way = { kind: 'mixed' };

export function apart(...inputs: readonly Input[]): Way {
  return { kind: 'apart', inputs };
}
