import type { Hyperparameter } from '../../contract/contract.js';
import type { Arguments } from '../../engine/subject.js';
import { distinct } from '../../verdict/distinct.js';
import { settingsInCorners, settingsInGrid } from './combinations.js';
import { valuesOf } from './declared.js';
import { fixedValues, settingsInPairs, settingsTogether } from './values.js';

/** Settings, at most: a check makes calls with each. */
const maxSettings = 64;

/**
 * Settings with which a check repeats what it demands of the call without hyperparameters, whatever these are declared to
 * affect: first each of the named values alone, then all together, then values in between and combinations.
 */
export function settingsPassed(hyperparameters: readonly Hyperparameter[]): Arguments[] {
  return distinct([
    ...alone(hyperparameters, valuesOf),
    ...settingsTogether(hyperparameters),
    ...alone(hyperparameters, fixedValues),
    ...settingsInPairs(hyperparameters, 1),
    ...settingsInCorners(hyperparameters),
    ...settingsInGrid(hyperparameters),
  ]).slice(0, maxSettings);
}

function alone(
  hyperparameters: readonly Hyperparameter[],
  values: (one: Hyperparameter) => readonly (number | boolean)[],
): Arguments[] {
  return hyperparameters.flatMap((one) => values(one).map((value) => ({ [one.name]: value })));
}
