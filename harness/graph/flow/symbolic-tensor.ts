import type { GraphNode, LibraryFunction } from '../../savedmodel/saved-model.js';

/** One run of a function, inside the runs that led to it. A function that is called twice has two call sites. */
export type CallSite = {
  /** Counts from 0, the call site of the concrete function itself. */
  readonly id: number;
  readonly body: LibraryFunction;
  /** The call site that called it; undefined for the concrete function itself. */
  readonly caller?: CallSite;
  /** The source of the argument at a position: several tensors where a loop carries a value around. */
  readonly argument: (at: number) => readonly SymbolicTensor[];
};

/** A value at a call site, by the reference that an operation there would use: `node:output:index` or an argument's name. */
export type SymbolicTensor = { readonly callSite: CallSite; readonly reference: string };

/** An operation at one call site. */
export type Operation = { readonly callSite: CallSite; readonly node: GraphNode };

/** A value that is one of several: the value that selects, and the options. */
export type Choice = {
  readonly operation: Operation;
  readonly decider: SymbolicTensor;
  readonly options: readonly SymbolicTensor[];
};

/** Where a value comes from, with calls and branches resolved. */
export type Origin =
  | {
      readonly kind: 'result';
      readonly operation: Operation;
      /** Name of the operation's output, and which of its tensors. */
      readonly output: string;
      readonly index: number;
    }
  /** A tensor argument of the concrete function. */
  | { readonly kind: 'argument'; readonly at: number }
  /** A captured object, by its node id. */
  | { readonly kind: 'capture'; readonly nodeId: number }
  /** It cannot be followed: a function that is missing, or that calls itself. */
  | { readonly kind: 'unknown'; readonly why: string };
