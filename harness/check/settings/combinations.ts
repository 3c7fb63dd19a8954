import type { Hyperparameter } from '../../contract/contract.js';
import type { Arguments } from '../../engine/subject.js';
import { endsOf, valuesToTry } from './values.js';

/** Combinations of one kind, at most: the corners of six ranges. */
const maxCombinations = 64;

/** Every combination of smallest and largest values, of three to six hyperparameters; pairs cover two. */
export function settingsInCorners(hyperparameters: readonly Hyperparameter[]): Arguments[] {
  return hyperparameters.length < 3 ? [] : fewOf(hyperparameters, endsOf);
}

/**
 * Every combination of the values of bools and of short ranges of whole numbers, if they are few; the others have their
 * defaults.
 */
export function settingsInGrid(hyperparameters: readonly Hyperparameter[]): Arguments[] {
  const countable = hyperparameters.filter(isCountable);
  if (countable.length < 2) return [];
  return fewOf(hyperparameters, (one) => (isCountable(one) ? valuesToTry(one, 0) : [one.default]));
}

/** Whether all values of the range are tried. */
function isCountable({ type, min, max }: Hyperparameter): boolean {
  return (
    type === 'bool' ||
    (type === 'int' && min !== undefined && max !== undefined && max - min < maxCombinations)
  );
}

function fewOf(
  hyperparameters: readonly Hyperparameter[],
  values: (one: Hyperparameter) => readonly (number | boolean)[],
): Arguments[] {
  const combinations = hyperparameters.reduce((count, one) => count * values(one).length, 1);
  if (combinations > maxCombinations) return [];
  return hyperparameters.reduce<Arguments[]>(
    (settings, one) =>
      settings.flatMap((setting) => values(one).map((value) => ({ ...setting, [one.name]: value }))),
    [{}],
  );
}
