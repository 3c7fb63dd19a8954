import type { Hyperparameter } from '../../contract/contract.js';
import type { Arguments } from '../../engine/subject.js';
import { streamOf, uniform } from '../../images/hash.js';
import { valuesOf } from './declared.js';

/** Values drawn from the seed, in addition to those that every run tries. */
const drawn = 2;

/** The values of a hyperparameter that a run tries: the ends and the default, then some in between. */
export function valuesToTry(hyperparameter: Hyperparameter, seed: number): (number | boolean)[] {
  const named = valuesOf(hyperparameter);
  const numbers = named.filter((value) => typeof value === 'number');
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (!(low < high)) return named;
  const between = hyperparameter.type === 'int' ? wholeBetween : realBetween;
  return [...new Set([...named, ...between(low, high, seed)])];
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

/** Next to each end, in the middle and one at random. */
function wholeBetween(low: number, high: number, seed: number): number[] {
  const span = high - low;
  const random = low + Math.floor(uniform(streamOf(seed, 0), 0) * (span + 1));
  return [low + 1, low + Math.floor(span / 2), high - 1, random];
}

/** The middle and some at random, to four digits where these still lie in the range. */
function realBetween(low: number, high: number, seed: number): number[] {
  const at = (share: number) => {
    const value = low * (1 - share) + high * share;
    const short = Number(value.toPrecision(4));
    return short >= low && short <= high ? short : value;
  };
  const random = Array.from({ length: drawn }, (_, index) => at(uniform(streamOf(seed, index), 0)));
  return [at(0.5), ...random];
}
