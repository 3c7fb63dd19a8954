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
};

/** The comparison, of two, that allowed for more. */
export function looser(one: Compared | undefined, other: Compared | undefined): Compared | undefined {
  if (!one || !other) return one ?? other;
  const [first, second] = [one, other].map(({ tolerance }) => tolerance.absolute + tolerance.relative);
  return (second ?? 0) > (first ?? 0) || other.difference > one.difference ? other : one;
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
