/**
 * How a value answers to one score: what an elementwise function of it gives at the points of a fixed grid. It shows what
 * intervals cannot, that x / (1 + |x|) is bounded and x · sigmoid(x) is not.
 */
export type Curve = {
  /** Which score: curves of different scores cannot be combined. */
  readonly score: number;
  /** All elements answer so; otherwise only those of middling weights do. */
  readonly exact: boolean;
  /** One value for each point of the grid; NaN where it overflows. */
  readonly at: Float64Array;
};

const positive = [
  0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 80, 200, 500, 1e3,
  1e4, 1e6,
];
const grid = Float64Array.from([...positive.toReversed().map((x) => -x), 0, ...positive]);
const middle = positive.length;
/** Points from 0 to 80, between which scores usually lie. */
const upToEighty = 1 + positive.filter((x) => x <= 80).length;

/** The score itself, where it can lie. */
export function identityCurve(score: number, low: number, high: number): Curve {
  return { score, exact: true, at: grid.map((x) => (x >= low && x <= high ? x : Number.NaN)) };
}

export function mapCurve(curve: Curve, f: (value: number) => number): Curve {
  return { ...curve, at: curve.at.map(f) };
}

/** What a curve tends to on one side. */
export type Tail =
  | { readonly kind: 'levels-off'; readonly at: number }
  | { readonly kind: 'grows'; readonly up: boolean; readonly exponentially: boolean }
  /** The score itself ends there. */
  | { readonly kind: 'ends' }
  | { readonly kind: 'unclear' };

export function tailsOf({ at }: Curve): readonly Tail[] {
  return [at.subarray(0, middle + 1).toReversed(), at.subarray(middle)].map(tailOf);
}

/** `outward`: from a score of 0 on. */
function tailOf(outward: Float64Array): Tail {
  const known = [...outward].filter(Number.isFinite);
  const [near, far, last] = known.slice(-3);
  if (near === undefined || far === undefined || last === undefined) return { kind: 'ends' };
  const step = Math.abs(last - far);
  if (step <= 0.02 * Math.abs(far - (known[0] ?? 0)) + 1e-12) return { kind: 'levels-off', at: last };
  if (step <= Math.abs(far - near)) return { kind: 'unclear' };
  const exponentially = known.slice(0, upToEighty).some((value) => Math.abs(value) > 1e10);
  return { kind: 'grows', up: last > far, exponentially };
}

/** Least and greatest value on the grid. */
export function extent({ at }: Curve): readonly [low: number, high: number] {
  const known = at.filter((value) => !Number.isNaN(value));
  return [Math.min(...known), Math.max(...known)];
}

/** The steepest slope where scores usually lie. */
export function gainOf({ at }: Curve): number {
  return slopesOf(at).reduce(
    (most, slope, point) => (Math.abs(grid[point] ?? Number.NaN) <= 80 ? Math.max(most, slope) : most),
    0,
  );
}

/** Whether it consists of straight pieces, flat or of one slope, as what is clipped does; a bend may lie between two points. */
export function isStraight(curve: Curve): boolean {
  const gain = gainOf(curve);
  const bent = slopesOf(curve.at).filter((slope) => slope > 1e-9 * gain && slope < gain * (1 - 1e-6));
  return bent.length <= 2;
}

/** How steep it is around a score of 0. */
export function slopeAtZero({ at }: Curve): number {
  return slopesOf(at)[middle] ?? 0;
}

/** Steepness from one side of the grid to the other. */
export function slopesTowards({ at }: Curve, side: 'left' | 'right'): readonly number[] {
  const slopes = [...slopesOf(at)];
  return side === 'right' ? slopes : slopes.reverse();
}

/** What it gives for a score of 0. */
export function atZero({ at }: Curve): number {
  return at[middle] ?? Number.NaN;
}

/** Steepness after each point but the last; 0 where it overflows. */
function slopesOf(at: Float64Array): Float64Array {
  return at.subarray(1).map((value, point) => {
    const slope = Math.abs(
      (value - (at[point] ?? Number.NaN)) / ((grid[point + 1] ?? Number.NaN) - (grid[point] ?? Number.NaN)),
    );
    return Number.isFinite(slope) ? slope : 0;
  });
}
