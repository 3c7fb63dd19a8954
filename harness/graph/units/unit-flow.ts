import type { Graph, Result } from '../shapes/graph.js';
import type { Units } from './units.js';

/** How a result's units come from an operation's inputs. */
export type UnitFlow =
  /** Unit by unit, from these inputs. */
  | { readonly kind: 'separate'; readonly inputs: readonly Input[] }
  /** From several units at once. */
  | { readonly kind: 'mixed' }
  /** This check does not know the operation. */
  | { readonly kind: 'undecided' };

export type Input = { readonly position: number; readonly units: Units };

/** The flow of units through one kind of operation. */
export type UnitFlowOf = (graph: Graph, result: Result, units: Units) => UnitFlow;

export const mixed: UnitFlow = { kind: 'mixed' };

export function separate(...inputs: readonly Input[]): UnitFlow {
  return { kind: 'separate', inputs };
}
