import { atZero, type Curve, extent, gainOf, isStraight, slopeAtZero } from './curve.js';
import type { Cause, CauseKind } from './end.js';
import { isBounded, type Value } from './value.js';

/** What makes scores other than linear. */
export type Squash = {
  readonly form: 'probabilities' | 'logarithms' | 'negative-logarithms' | 'exponentials' | 'squashed';
  readonly range: readonly [low: number, high: number];
  /** The operations that bound it, and what is done since then. */
  readonly causes: readonly Cause[];
  readonly shares: boolean;
  /**
   * Whether it is one whatever the values, or only where values come close to the ends (`saturates`) or reach them
   * (`reached`): a cap of 30 that leaves scores as they are is none.
   */
  readonly shownBy: 'always' | 'saturates' | 'reached';
};

/** How the class scores behind a value are squashed; undefined where they are not: free, half open, softly capped. */
export function squashOf(value: Value): Squash | undefined {
  if (!value.varies) return undefined;
  const shape = isBounded(value) ? ofBounded(value) : ofHalfOpen(value);
  if (shape === undefined) return undefined;
  const causes = [value.low.cause, value.high.cause].filter((cause) => cause !== undefined);
  return { ...shape, range: [value.low.at, value.high.at], causes, shares: value.shares };
}

type Shape = Pick<Squash, 'form' | 'shownBy'>;

function ofHalfOpen({ low, high, trail, curve }: Value): Shape | undefined {
  const certain = (form: Squash['form']): Shape => ({ form, shownBy: 'always' });
  if (curve && isCap(high.at) && leavesSmallOnes(curve)) return undefined;
  if (levelsOff(high.cause?.kind)) return certain('logarithms');
  const logarithm = trail.some(({ node }) => /^Log|CrossEntropy/.test(node.op));
  if (low.cause?.kind === 'squash') return certain(logarithm ? 'negative-logarithms' : 'squashed');
  return low.cause?.kind === 'exponential' ? certain('exponentials') : undefined;
}

function levelsOff(kind: CauseKind | undefined): boolean {
  return kind === 'soft' || kind === 'exponential' || kind === 'squash';
}

function ofBounded(value: Value): Shape | undefined {
  const { low, high } = value;
  const form =
    low.at >= -slack ? 'probabilities' : high.at <= slack && low.at < -1 ? 'logarithms' : 'squashed';
  if (levelsOff(low.cause?.kind) || levelsOff(high.cause?.kind)) {
    const shownBy = capped(value);
    return shownBy && { form, shownBy };
  }
  const shownBy = clipped(value);
  return shownBy && { form, shownBy };
}

function isCap(at: number): boolean {
  return Number.isFinite(at) && at >= leastHalfWidth;
}

/** A cap on one side leaves scores near 0 as steep as those on the other side. */
function leavesSmallOnes(curve: Curve): boolean {
  return slopeAtZero(curve) >= 0.9 * gainOf(curve);
}

const slack = 1e-6;
/** Scores that lie within less of each other than this cannot tell classes apart, whatever made them. */
const leastHalfWidth = 2;
/** A soft cap leaves small scores as they are, more or less. */
const leastGain = 0.05;
const mostGain = 10;

/** A smooth bound is no squash where it caps what it leaves as it is: c · tanh(x / c), of a ReLU, too. */
function capped({ low, high, curve, shares }: Value): Squash['shownBy'] | undefined {
  const halfWidth = (high.at - low.at) / 2;
  const bothSides = low.cause?.kind === 'squash' && high.cause?.kind === 'squash';
  if (shares || curve === undefined || halfWidth < leastHalfWidth) return 'always';
  const gain = gainOf(curve);
  const ofRelu = low.cause?.kind === 'clip' && Math.abs(low.at) <= slack;
  if (ofRelu && gain > 0.5 && gain < 2) return undefined;
  if (!bothSides || startsAtZero(low.at, high.at) || startsAtZero(...extent(curve))) return 'always';
  if (gain >= leastGain && gain <= mostGain) return undefined;
  return isScale(halfWidth) ? 'always' : 'saturates';
}

/** As probabilities do, scaled by whatever number; weights of both signs scale some classes' from below 0 to 0. */
function startsAtZero(low: number, high: number): boolean {
  return Math.min(Math.abs(low), Math.abs(high)) < 5e-4 * (high - low);
}

/** Percentages and bytes, signed. */
function isScale(halfWidth: number): boolean {
  return [100, 127, 127.5, 128, 255].some((scale) => Math.abs(halfWidth - scale) < 1e-3 * scale);
}

/** A hard bound is a squash where it is one to [0, 1], or where scores reach a narrow one. */
function clipped({ low, high, curve }: Value): Squash['shownBy'] | undefined {
  const kinds = [low.cause?.kind, high.cause?.kind];
  if (!kinds.includes('clip')) return undefined;
  if (low.at >= -slack && high.at <= 1 + slack) return 'always';
  if (kinds.includes('plain')) return undefined;
  const width = high.at - low.at;
  const oneSided = low.at >= -slack || high.at <= slack;
  if (oneSided && curve && isHardSigmoid(curve, low.at, high.at)) return 'always';
  if (high.at <= slack && curve && !isStraight(curve)) return 'always';
  return width <= (oneSided ? 10 : 2 * leastHalfWidth) ? 'reached' : undefined;
}

/** Half way up at a score of 0, as probabilities are, or far steeper than what is only cut off. */
function isHardSigmoid(curve: Curve, low: number, high: number): boolean {
  const middle = (low + high) / 2;
  return Math.abs(atZero(curve) - middle) <= 0.05 * (high - low) || (isStraight(curve) && gainOf(curve) > 3);
}
