import type { Hyperparameter } from '../../contract/contract.js';
import type { Arguments } from '../../engine/subject.js';
import { streamOf, uniform } from '../../images/hash.js';
import { valuesOf } from './declared.js';

/** Values drawn from the seed, in addition to those that every run tries. */
const drawn = 6;

/** The same for whole numbers of a large range. */
const drawnWhole = 16;

/** Whole numbers of a range that are all tried. */
const maxWhole = 64;

/** Pairs of values, and other settings of several hyperparameters, that are tried, at most. */
const maxPairs = 40;

/**
 * The values of a hyperparameter that a run tries: the ends and the default, then some in between; all whole numbers of a
 * small range.
 */
export function valuesToTry(hyperparameter: Hyperparameter, seed: number): (number | boolean)[] {
  return valuesIn(hyperparameter, (low, high) => [
    ...between(hyperparameter, low, high),
    ...drawnBetween(hyperparameter, low, high, seed),
  ]);
}

/** One hyperparameter at each of its values to try besides the ends and the default. */
export function settingsBetween(hyperparameter: Hyperparameter, seed: number): Arguments[] {
  return valuesToTry(hyperparameter, seed)
    .slice(valuesOf(hyperparameter).length)
    .map((value) => ({ [hyperparameter.name]: value }));
}

/** Those that every run tries, whatever the seed. */
export function fixedValues(hyperparameter: Hyperparameter): (number | boolean)[] {
  return valuesIn(hyperparameter, (low, high) => between(hyperparameter, low, high));
}

function valuesIn(
  hyperparameter: Hyperparameter,
  inner: (low: number, high: number) => readonly number[],
): (number | boolean)[] {
  const named = valuesOf(hyperparameter);
  const numbers = named.filter((value) => typeof value === 'number');
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low < high ? [...new Set([...named, ...inner(low, high)])] : named;
}

/** All declared hyperparameters at once: at their defaults, minima and maxima. Empty where only one is declared. */
export function settingsTogether(hyperparameters: readonly Hyperparameter[]): Arguments[] {
  if (hyperparameters.length < 2) return [];
  const all = (value: (one: Hyperparameter) => number | boolean) =>
    Object.fromEntries(hyperparameters.map((one) => [one.name, value(one)]));
  return [
    all((one) => one.default),
    all(({ type, min, default: defaultValue }) => (type === 'bool' ? false : (min ?? defaultValue))),
    all(({ type, max, default: defaultValue }) => (type === 'bool' ? true : (max ?? defaultValue))),
  ];
}

/** Two hyperparameters at once, each at its smallest or largest value, the others left out; of many, some by the seed. */
export function settingsInPairs(
  hyperparameters: readonly Hyperparameter[],
  seed: number,
): readonly Arguments[] {
  const pairs = hyperparameters.flatMap((one, at) =>
    hyperparameters
      .slice(at + 1)
      .flatMap((other) =>
        endsOf(one).flatMap((a) => endsOf(other).map((b) => ({ [one.name]: a, [other.name]: b }))),
      ),
  );
  return fewBySeed(pairs, seed);
}

/** All of them or, of very many, some that the seed chooses, in another order. */
export function fewBySeed<T>(all: readonly T[], seed: number): readonly T[] {
  if (all.length <= maxPairs) return all;
  const order = streamOf(seed, 0);
  return all
    .map((one, at) => ({ one, at: uniform(order, at) }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, maxPairs)
    .map(({ one }) => one);
}

/** The smallest and the largest value. */
export function endsOf({ type, default: defaultValue, min, max }: Hyperparameter): (number | boolean)[] {
  return type === 'bool' ? [false, true] : [...new Set([min ?? defaultValue, max ?? defaultValue])];
}

/** First none set; then every combination of values if there are few, else the values of one at a time. */
export function settingsOf(hyperparameters: readonly Hyperparameter[]): readonly Arguments[] {
  return hyperparameters.reduce(withValuesOf, [{}]);
}

function withValuesOf(settings: readonly Arguments[], hyperparameter: Hyperparameter): readonly Arguments[] {
  const base = settings.length > maxSettings ? [{}] : settings;
  const more = valuesOf(hyperparameter).flatMap((value) =>
    base.map((setting) => ({ ...setting, [hyperparameter.name]: value })),
  );
  return [...settings, ...more];
}

const maxSettings = 64;

/** All whole numbers of a small range; else the neighbours of both ends and the middle. */
function between({ type }: Hyperparameter, low: number, high: number): number[] {
  if (type !== 'int') return [0.5, 0.01, 0.99].map((share) => shortBetween(low, high, share));
  const span = high - low;
  if (span < maxWhole) return Array.from({ length: span + 1 }, (_, step) => low + step);
  return [low + 1, low + Math.floor(span / 2), high - 1];
}

function drawnBetween({ type }: Hyperparameter, low: number, high: number, seed: number): number[] {
  const shares = (length: number) => Array.from({ length }, (_, at) => uniform(streamOf(seed, at), 0));
  if (type !== 'int') return shares(drawn).map((share) => shortBetween(low, high, share));
  const span = high - low;
  return span < maxWhole ? [] : shares(drawnWhole).map((share) => low + Math.floor(share * (span + 1)));
}

/** To four digits where these still lie in the range. */
function shortBetween(low: number, high: number, share: number): number {
  const value = low * (1 - share) + high * share;
  const short = Number(value.toPrecision(4));
  return short >= low && short <= high ? short : value;
}
