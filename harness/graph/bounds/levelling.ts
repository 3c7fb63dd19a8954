import type { Operation } from '../flow/symbolic-tensor.js';
import { type Curve, extent, slopesTowards, type Tail, tailsOf } from './curve.js';
import type { CauseKind, End } from './end.js';
import { isBounded, type Value } from './value.js';

type Ends = Pick<Value, 'low' | 'high'>;

/** Ends made sharper by what the curve shows; what levels off on both sides is squashed, whatever it grew like before. */
export function refined(curve: Curve | undefined, ends: Ends, operation: Operation): Ends {
  const { low, high } = curve?.exact ? withCurve(curve, ends, operation) : ends;
  if (!isBounded({ low, high })) return { low, high };
  const range = [low.at, high.at] as const;
  const each = (end: End): End =>
    end.cause?.kind === 'soft' || end.cause?.kind === 'exponential'
      ? { at: end.at, cause: { kind: 'squash', operation, range } }
      : end;
  return { low: each(low), high: each(high) };
}

function withCurve(curve: Curve, { low, high }: Ends, operation: Operation): Ends {
  const tails = tailsOf(curve);
  const [least, greatest] = extent(curve);
  const goesOn = (up: boolean) =>
    tails.some((tail) => tail.kind === 'unclear' || (tail.kind === 'grows' && tail.up === up));
  const range = [goesOn(false) ? low.at : least, goesOn(true) ? high.at : greatest] as const;
  const end = (known: End, up: boolean): End => {
    if (goesOn(up)) return known;
    const at = up ? greatest : least;
    const kind = howItEnds(curve, tails, at);
    if (known.cause === undefined || isSharper(at, known, greatest - least, up))
      return { at, cause: { kind, operation, range } };
    const seemsCut = known.cause.kind === 'clip' && !isBounded({ low, high }) && kind !== 'plain';
    return seemsCut ? { at: known.at, cause: { ...known.cause, kind } } : known;
  };
  return { low: end(low, false), high: end(high, true) };
}

/** By more than the grid of the curve leaves open. */
function isSharper(at: number, known: End, width: number, up: boolean): boolean {
  return (up ? known.at - at : at - known.at) > 0.01 * width;
}

/** How a curve comes to its least or greatest value. */
function howItEnds(curve: Curve, tails: readonly Tail[], at: number): CauseKind {
  const near = 1e-3 * (1 + Math.abs(at));
  const side = tails.findIndex((tail) => tail.kind === 'levels-off' && Math.abs(tail.at - at) <= near);
  if (side < 0) return 'plain';
  if (isCutOff(slopesTowards(curve, side === 0 ? 'left' : 'right'))) return 'clip';
  const growing = tails.find((tail) => tail.kind === 'grows');
  if (growing === undefined) return 'squash';
  return growing.exponentially ? 'exponential' : 'soft';
}

/** Whether a curve goes on as steeply as before until it is flat; the bend itself may lie between two points. */
function isCutOff(slopes: readonly number[]): boolean {
  const steepest = Math.max(...slopes);
  const last = slopes.findLastIndex((slope) => slope > 1e-6 * steepest);
  const [before = 0, beforeThat = 0] = [slopes[last - 1], slopes[last - 2]];
  return before > 0.8 * beforeThat;
}
