import type { Operation } from '../../../harness/graph/flow/symbolic-tensor.js';
import { added, type Composition, empty, multiplied, ofContents, termsOf, textOf } from './composition.js';
import { common, none, type Randoms, through, union } from './randomness.js';

/** What a unit may be made of, one composition for each way that branches can take. */
export type Value = readonly Composition[];

/** Compositions above which a value is not followed further. */
const maxWays = 64;

/** Too many ways to tell apart. */
export class TooManyWays extends Error {}

/** The same in every call, for every image. */
export const constant: Value = [empty];

/** A number that is not zero. */
export const offset: Value = [{ ...empty, offset: true }];

/** A result that depends on the images. */
export function content(name: string, masks: Randoms = none, noise: Randoms = none): Value {
  return [{ ...empty, terms: termsOf([{ contents: [name], masks }]), noise }];
}

/** A random value in which the images have no part. */
export function random(added: Randoms): Value {
  return [{ ...empty, added }];
}

/** One or the other. */
export function either(values: readonly Value[]): Value {
  return distinct(values.flat());
}

export function sumOf(values: readonly Value[]): Value {
  return values.reduce((one, other) => distinct(each(one, other, added)), constant);
}

export function productOf(values: readonly Value[]): Value {
  return values.reduce((one, other) => distinct(each(one, other, multiplied)), offset);
}

/** Each term under more masks. */
export function masked(value: Value, masks: Randoms): Value {
  return masks.size === 0 ? value : productOf([value, random(masks)]);
}

/** With other names for what it is made of: a part of the units, or their spectrum. */
export function renamed(value: Value, name: (content: string) => string): Value {
  return value.map((one) => ({
    ...one,
    terms: termsOf(
      [...one.terms.values()].map(({ contents, masks }) => ({ contents: contents.map(name), masks })),
    ),
  }));
}

/** The same, having come through one more operation. */
export function passed(operation: Operation, value: Value): Value {
  return withRandoms(value, (all) => through(operation, all));
}

export function withRandoms(value: Value, change: (all: Randoms) => Randoms): Value {
  return value.map((one) => ({
    ...one,
    terms: new Map([...one.terms].map(([key, term]) => [key, { ...term, masks: change(term.masks) }])),
    added: change(one.added),
    noise: change(one.noise),
  }));
}

/** Random values that drop or scale all that there is of the images, in one way or another. */
export function masksOf(value: Value): Randoms {
  return value
    .map(({ terms }) => common([...terms.values()].map((term) => ofContents(term.masks, [term]))))
    .reduce(union, none);
}

/** Random values that are added to it, or all that there is. */
export function noiseOf(value: Value): Randoms {
  return value
    .map(({ terms, noise, added }) =>
      ofContents(terms.size === 0 ? union(noise, added) : noise, terms.values()),
    )
    .reduce(union, none);
}

export function hasContent(value: Value): boolean {
  return value.some(({ terms }) => terms.size > 0);
}

function each(
  one: Value,
  other: Value,
  combine: (a: Composition, b: Composition) => Composition,
): readonly Composition[] {
  return one.flatMap((a) => other.map((b) => combine(a, b)));
}

/** Leaves out what is there twice; and where there are many, those of which some unmasked term stays in all. */
function distinct(all: readonly Composition[]): Value {
  if (all.length < 2) return all;
  const found = [...new Map(all.map((one) => [textOf(one), one])).values()];
  if (found.length <= 8) return found;
  const merged = mergedWhereKept(found);
  if (merged.length > maxWays) throw new TooManyWays();
  return merged;
}

/** Compositions that share a term without a mask are alike: nothing drops the unit in any of them. */
function mergedWhereKept(all: readonly Composition[]): readonly Composition[] {
  const byKept = new Map<string, Composition[]>();
  for (const one of all) {
    const kept = [...one.terms].find(([, { masks }]) => masks.size === 0)?.[0] ?? textOf(one);
    byKept.set(kept, [...(byKept.get(kept) ?? []), one]);
  }
  return [...byKept.values()].map((alike) => alike.reduce(mixedUp));
}

function mixedUp(one: Composition, other: Composition): Composition {
  return {
    terms: new Map([...other.terms, ...one.terms]),
    added: union(one.added, other.added),
    noise: union(one.noise, other.noise),
    offset: one.offset || other.offset,
  };
}
