import type { Operation } from '../flow/symbolic-tensor.js';

/**
 * What keeps a value from going on beyond an end:
 * - `plain`: it is made so, as a square is;
 * - `clip`: it is cut off there, and up to there goes on as before: ReLU, clipping;
 * - `soft`: it levels off on this side only, and grows linearly on the other: softplus, ELU;
 * - `exponential`: it levels off on this side only, and grows exponentially on the other;
 * - `squash`: it levels off, and what it is made of does not: sigmoid, tanh, softmax.
 */
export type CauseKind = 'plain' | 'clip' | 'soft' | 'exponential' | 'squash';

export type Cause = {
  readonly kind: CauseKind;
  readonly operation: Operation;
  /** What the operation bounds its result to. */
  readonly range: readonly [low: number, high: number];
};

/** An end of the range of a value. Infinite, or of what does not vary: without a cause. */
export type End = { readonly at: number; readonly cause?: Cause };

export const minusInfinity: End = { at: Number.NEGATIVE_INFINITY };
export const plusInfinity: End = { at: Number.POSITIVE_INFINITY };

const strength: Readonly<Record<CauseKind, number>> = {
  plain: 0,
  clip: 1,
  soft: 2,
  exponential: 3,
  squash: 4,
};

/** An end that several ends make together counts as the least of them: x² + sigmoid(y) is as unbounded as x². */
export function weakest(...causes: readonly (Cause | undefined)[]): Cause | undefined {
  return causes.reduce((least, cause) => {
    if (cause === undefined || least === undefined) return cause ?? least;
    return strength[cause.kind] < strength[least.kind] ? cause : least;
  }, undefined);
}

/** An end at a number; infinite ones have no cause. */
export function endAt(at: number, cause: Cause | undefined): End {
  return cause === undefined || !Number.isFinite(at) ? { at } : { at, cause };
}

export function lower(one: End, other: End): End {
  if (one.at === other.at) return endAt(one.at, weakest(one.cause, other.cause));
  return one.at < other.at ? one : other;
}

export function higher(one: End, other: End): End {
  if (one.at === other.at) return endAt(one.at, weakest(one.cause, other.cause));
  return one.at > other.at ? one : other;
}
