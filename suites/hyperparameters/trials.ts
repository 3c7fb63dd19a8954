import { settingsInCorners, settingsInGrid } from '../../harness/check/settings/combinations.js';
import { batchFor, otherBatches, valuesOf } from '../../harness/check/settings/declared.js';
import { settingsBetween, settingsInPairs, settingsTogether } from '../../harness/check/settings/values.js';
import { trainingModes } from '../../harness/check/training-argument.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, Call } from '../../harness/engine/subject.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { distinct } from '../../harness/verdict/distinct.js';
import type { Trial } from './trial.js';
import { unevenTrials } from './uneven.js';

export type Trials = {
  /** Each hyperparameter alone at its ends and default, then all together. */
  readonly always: readonly Trial[];
  /** Pairs and other combinations, other batches and values in between, in the order in which they are tried while there is time. */
  readonly further: readonly Trial[];
};

/** `beyond`: batches beyond the numbers that the graph names. */
export function trialsFor(contract: Contract, seed: number, beyond: readonly Batch[] = []): Trials {
  const { hyperparameters } = contract;
  const usual = batchFor(contract);
  const onUsual = (settings: readonly Arguments[]) => settings.map((values) => ({ batch: usual, values }));
  const named = hyperparameters.flatMap((one) => valuesOf(one).map((value) => ({ [one.name]: value })));
  return {
    always: onUsual([...named, ...settingsTogether(hyperparameters)]),
    further: [
      ...onUsual(
        distinct([
          ...settingsInPairs(hyperparameters, seed),
          ...settingsInCorners(hyperparameters),
          ...settingsInGrid(hyperparameters),
        ]),
      ),
      ...unevenTrials(contract, seed),
      ...elsewhere(contract, seed, [...otherBatches(contract, seed), ...beyond]),
      ...onUsual(hyperparameters.flatMap((one) => settingsBetween(one, seed))),
    ],
  };
}

/** Those with the usual batch: every value and setting once. */
export function valueTrials(contract: Contract, seed: number): Trial[] {
  const { always, further } = trialsFor(contract, seed);
  const [{ batch: usual } = { batch: undefined }] = always;
  return [...always, ...further].filter(({ batch }) => batch === usual);
}

/** Without `training` and, where it is declared, with each of its values. */
export function callsOf(contract: Contract, { batch, values }: Trial): Call[] {
  return trainingModes(contract).map((mode) => ({ batch, args: { ...mode, ...values } }));
}

/** Other batches, each with the ends of every hyperparameter, all together and one value in between, another one for each batch. */
function elsewhere({ hyperparameters }: Contract, seed: number, batches: readonly Batch[]): Trial[] {
  const together = settingsTogether(hyperparameters);
  return batches.flatMap((batch, at) => {
    const alone = hyperparameters.flatMap((one) => {
      const ends = valuesOf(one).map((value) => ({ [one.name]: value }));
      const values = settingsBetween(one, seed);
      const chosen = values.length > 0 ? values[at % values.length] : undefined;
      return [...ends, ...(chosen ? [chosen] : [])];
    });
    return [...alone, ...(hyperparameters.length > 1 ? together : [])].map((values) => ({ batch, values }));
  });
}
