import type { Operation } from '../../../harness/graph/flow/symbolic-tensor.js';

/** A random value on its way to the output. */
export type Randomness = {
  /** What draws it: the same text for everything that is made of this draw. */
  readonly source: string;
  readonly reach: Reach;
  /** Its mean is zero, as that of noise; the mean of a mask is not. */
  readonly centred: boolean;
  /** A Fourier transform has summed it over all units, and no inverse followed. */
  readonly transformed: boolean;
  /** From the random operation to the last one in which the images have no part. */
  readonly drawn: readonly Operation[];
  /** The operations after those, the last one first. */
  readonly trail: Trail | undefined;
};

export type Reach =
  /** Some units and not others. */
  | 'units'
  /** All units of an image are dropped at once. */
  | 'rows'
  /** All units of an image are scaled or shifted alike: as noise on features, or as brightness on images. */
  | 'brightness'
  /** The shapes do not tell. */
  | 'unclear';

type Trail = { readonly operation: Operation; readonly before: Trail | undefined };

/** Random values by their source. */
export type Randoms = ReadonlyMap<string, Randomness>;

export const none: Randoms = new Map();

/** All units of an image get the same. */
export function isOfRows({ reach }: Pick<Randomness, 'reach'>): boolean {
  return reach === 'rows' || reach === 'brightness';
}

export function randoms(all: readonly Randomness[]): Randoms {
  return new Map(all.map((each) => [each.source, each]));
}

export function union(one: Randoms, other: Randoms): Randoms {
  if (one.size === 0) return other;
  return other.size === 0 ? one : new Map([...other, ...one]);
}

export function common(all: readonly Randoms[]): Randoms {
  const [first = none, ...others] = all;
  return filtered(first, ({ source }) => others.every((each) => each.has(source)));
}

export function filtered(all: Randoms, keeps: (one: Randomness) => boolean): Randoms {
  return new Map([...all].filter(([, one]) => keeps(one)));
}

/** The same, having come through one more operation. */
export function through(operation: Operation, all: Randoms): Randoms {
  if (all.size === 0) return all;
  return new Map([...all].map(([key, one]) => [key, { ...one, trail: { operation, before: one.trail } }]));
}

/** All operations that it came by, the random one first. */
export function pathOf({ drawn, trail }: Randomness): readonly Operation[] {
  const after: Operation[] = [];
  for (let at = trail; at !== undefined; at = at.before) after.unshift(at.operation);
  return [...drawn, ...after];
}
