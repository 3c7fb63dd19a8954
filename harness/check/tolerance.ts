/** How far two values may differ and still count as equal: by absolute + relative · |expected|. */
export type Tolerance = {
  readonly absolute: number;
  readonly relative: number;
  readonly source: 'measured' | 'spec';
  /** Where the number comes from, as it follows "0.5 ± 0.001": "what the spec allows". */
  readonly origin: string;
};

/** What rows were compared within, and how far they differed even so. */
export type Compared = {
  readonly tolerance: Tolerance;
  /** The largest difference that counted as rounding. */
  readonly difference: number;
  /** The largest absolute value of the row. */
  readonly scale: number;
  /** Where rows differed most, of all comparisons that this one stands for; left out: here. */
  readonly largest?: Apart;
};

/** How far two rows lie apart, and the largest absolute value of the first. */
export type Apart = { readonly difference: number; readonly scale: number };

/** The comparison, of two, that allowed for more. */
export function looser(one: Compared | undefined, other: Compared | undefined): Compared | undefined {
  if (!one || !other) return one ?? other;
  const [first, second] = [one, other].map(({ tolerance }) => tolerance.absolute + tolerance.relative);
  const chosen = (second ?? 0) > (first ?? 0) || other.difference > one.difference ? other : one;
  return { ...chosen, largest: farther(largestOf(one), largestOf(other)) };
}

/** Where rows differed most in all that a comparison stands for. */
export function largestOf({ largest, difference, scale }: Compared): Apart {
  return largest ?? { difference, scale };
}

/** The larger of two differences. */
export function farther(one: Apart, other: Apart): Apart {
  return Number.isNaN(one.difference) || other.difference <= one.difference ? one : other;
}

/** Measured for one row. */
export function measured(absolute: number, origin: string): Tolerance {
  return { absolute, relative: 0, source: 'measured', origin };
}

/** What the spec allows for every comparison. */
export function ofSpec({ absolute, relative }: Pick<Tolerance, 'absolute' | 'relative'>): Tolerance {
  return { absolute, relative, source: 'spec', origin: 'the `tolerance` of the spec' };
}

/** Nothing is allowed for, and nothing was needed. */
export const sameBits: Tolerance = measured(0, 'the same bits');
