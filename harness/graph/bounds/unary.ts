import { type Made, made, type NewEnd, type Transfer } from './context.js';
import { mapCurve } from './curve.js';
import type { CauseKind, End } from './end.js';
import type { Function1 } from './functions.js';
import type { Value } from './value.js';

/** An elementwise function. `more` says what else is known of the result. */
export function unary(
  op: string,
  given: Function1,
  more: (...inputs: Parameters<Transfer>) => Partial<Made> = () => ({}),
): Transfer {
  return (context, inputs) => {
    const [input] = inputs;
    if (input === undefined) return made(context, [], everything);
    return made(context, [input], {
      ...image(given, input),
      id: context.numbering.of(op, [input.id]),
      curve: input.curve && mapCurve(input.curve, given.f),
      weighted: input.weighted,
      ...more(context, inputs),
    });
  };
}

export const everything = { low: { at: Number.NEGATIVE_INFINITY }, high: { at: Number.POSITIVE_INFINITY } };

type Ends = Pick<Value, 'low' | 'high'>;
type NewEnds = Pick<Made, 'low' | 'high'>;

/** The range of a function over a range. */
export function image({ f, levels, turns = [], within, guarded = false }: Function1, ends: Ends): NewEnds {
  const [low, high] = guarded ? [unguarded(ends.low), unguarded(ends.high)] : [ends.low, ends.high];
  if (within) return { low: { at: within[0], cause: levels }, high: { at: within[1], cause: levels } };
  if (hasPole(f, low.at, high.at)) return everything;
  const inside = turns.filter((turn) => turn > low.at && turn < high.at);
  const points = [
    valueAt(f, low, levels, 0),
    valueAt(f, high, levels, -0),
    ...inside.map((turn): NewEnd => ({ at: f(turn), cause: 'plain' })),
  ];
  return {
    low: points.reduce((least, point) => (point.at < least.at ? point : least)),
    high: points.reduce((most, point) => (point.at > most.at ? point : most)),
  };
}

/** A guard cuts off nothing but what rounding adds. */
function unguarded({ at, cause }: End): End {
  return cause?.kind === 'clip' && Math.abs(at) > 0.99
    ? { at, cause: { ...cause, kind: 'plain' } }
    : { at, ...(cause && { cause }) };
}

/** `zero`: from which side the range comes to 0. */
function valueAt(f: Function1['f'], { at, cause }: End, levels: CauseKind | undefined, zero: number): NewEnd {
  const value = f(at === 0 ? zero : at);
  return { at: Number.isNaN(value) ? at : value, cause: Number.isFinite(at) ? cause : levels };
}

function hasPole(f: Function1['f'], low: number, high: number): boolean {
  return low < 0 && high > 0 && f(0) === Number.POSITIVE_INFINITY && f(-1) < 0;
}

/**
 * The logarithm of what grows exponentially grows linearly; the lower end of one that stops short of minus infinity is a
 * floor; and what is cut off at 1 is treated as a probability.
 */
export function endsOfLogarithm({ low, high }: NewEnds): NewEnds {
  return { low: recast(low, lowest), high: recast(high, high.at <= 0 ? ofProbability : ofOthers) };
}

type Recast = Partial<Record<CauseKind, CauseKind>>;
const lowest: Recast = { exponential: 'soft', squash: 'clip' };
const ofProbability: Recast = { exponential: 'soft', clip: 'squash' };
const ofOthers: Recast = { exponential: 'soft' };

function recast({ at, cause }: NewEnd, kinds: Recast): NewEnd {
  if (cause === undefined || typeof cause === 'string') return { at, cause };
  return { at, cause: { ...cause, kind: kinds[cause.kind] ?? cause.kind } };
}
