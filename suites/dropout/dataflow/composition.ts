import { isImages, isSpectrum } from './contents.js';
import { filtered, isOfRows, none, type Randoms, union } from './randomness.js';

/**
 * What a unit of the output is made of, as one sum. `x + Dropout(f(x))` has two terms, the second masked: whatever the
 * mask, the first one stays.
 */
export type Composition = {
  /** What depends on the images, by its contents. */
  readonly terms: ReadonlyMap<string, Term>;
  /** Random values that are added, in which the images have no part: noise, where something else is there. */
  readonly added: Randoms;
  /** Noise that was added to what depends on the images. */
  readonly noise: Randoms;
  /** A constant is added that is not zero, as in `1 + f(x)`. */
  readonly offset: boolean;
};

/** A product: results of layers, and the random values that it is multiplied with. */
export type Term = { readonly contents: readonly string[]; readonly masks: Randoms };

/** Terms above which a composition is made coarser. */
const maxTerms = 200;

/** Of nothing: the same in every call, for every image. */
export const empty: Composition = { terms: new Map(), added: none, noise: none, offset: false };

/** The sum of two. */
export function added(one: Composition, other: Composition): Composition {
  const terms = termsOf([...one.terms.values(), ...other.terms.values()]);
  const all = union(one.added, other.added);
  const masking = [...terms.values()].map(({ masks }) => masks).reduce(union, none);
  const isNoise = terms.size > 0 && all.size > 0;
  const noise = isNoise
    ? filtered(ofContents(all, terms.values()), ({ source }) => {
        return !masking.has(source) && !masking.has(complementOf(source));
      })
    : none;
  return {
    terms,
    added: isNoise ? filtered(all, ({ source }) => masking.has(source)) : all,
    noise: union(union(one.noise, other.noise), noise),
    offset: one.offset || other.offset,
  };
}

/**
 * Random values that do something to these terms: brightness of images is no noise on features, and what a Fourier
 * transform sums over all units is as after a layer, unless these are the units themselves again.
 */
export function ofContents(all: Randoms, terms: Iterable<Term>): Randoms {
  const contents = [...terms].flatMap((term) => term.contents);
  if (all.size === 0 || contents.length === 0) return all;
  const [ofImages, ofSpectra] = [contents.every(isImages), contents.every(isSpectrum)];
  return filtered(all, ({ reach, transformed }) => {
    return !(ofImages && reach === 'brightness') && !(ofSpectra && transformed);
  });
}

/** `1 - mask`, whose images are the others. */
function complementOf(source: string): string {
  return source.startsWith('not ') ? source.slice(4) : `not ${source}`;
}

/** The product of two. */
export function multiplied(one: Composition, other: Composition): Composition {
  if (one.terms.size < other.terms.size) return multiplied(other, one);
  const factor = other.terms.size === 0 ? other.added : none;
  return {
    terms: compact(
      isPart(other, one) ? termsOf([...one.terms.values(), ...other.terms.values()]) : crossed(one, other),
    ),
    added: one.terms.size === 0 ? union(one.added, other.added) : none,
    noise: union(
      union(one.noise, other.noise),
      one.terms.size === 0 ? none : filtered(factor, (each) => each.centred && !isOfRows(each)),
    ),
    offset: one.offset && other.offset && one.added.size + other.added.size === 0,
  };
}

/** A function of the same value, as in `x · sigmoid(x)`, has no more terms than that. */
function isPart(one: Composition, { terms }: Composition): boolean {
  return one.terms.size > 0 && terms.size > 1 && [...one.terms.keys()].every((key) => terms.has(key));
}

function crossed(one: Composition, other: Composition): ReadonlyMap<string, Term> {
  const [left, right] = [whole(one, other), whole(other, one)];
  const products = left.flatMap((a) =>
    right.map((b) => ({ contents: [...a.contents, ...b.contents], masks: union(a.masks, b.masks) })),
  );
  return termsOf(products.filter(({ contents }) => contents.length > 0));
}

/** Where there are too many, those under the same masks count as one. */
function compact(terms: ReadonlyMap<string, Term>): ReadonlyMap<string, Term> {
  if (terms.size <= maxTerms) return terms;
  const byMasks = new Map([...terms.values()].map((term) => [[...term.masks.keys()].sort().join(), term]));
  return termsOf(byMasks.values());
}

/** The summands of one factor of a product: its terms, its constant; or, when it has no terms, itself. */
function whole(one: Composition, other: Composition): readonly Term[] {
  const terms = [...one.terms.values()];
  if (terms.length === 0) return [{ contents: [], masks: one.added }];
  const collapsed = other.terms.size > 1 && terms.length > 1 && terms.every(({ masks }) => masks.size === 0);
  const summands = collapsed ? [{ contents: [[...one.terms.keys()].join(' + ')], masks: none }] : terms;
  return one.offset ? [...summands, { contents: [], masks: none }] : summands;
}

/** Two terms of the same contents are one: what drops one of them, scales the whole. */
export function termsOf(all: Iterable<Term>): ReadonlyMap<string, Term> {
  const terms = new Map<string, Term>();
  for (const { contents, masks } of all) {
    const sorted = [...new Set(contents)].sort();
    const key = sorted.join(' · ');
    terms.set(key, { contents: sorted, masks: union(masks, terms.get(key)?.masks ?? none) });
  }
  return terms;
}

/** The same text for compositions that are the same. */
export function textOf({ terms, added: summands, noise, offset: constantAdded }: Composition): string {
  const masks = (all: Randoms) => [...all.keys()].sort().join();
  const inTerms = [...terms].map(([key, term]) => `${key} × ${masks(term.masks)}`).sort();
  return [...inTerms, masks(summands), masks(noise), constantAdded].join(' | ');
}
