import { concreteFunctionIn } from '../../harness/check/refused-call.js';
import { settingsBetween, settingsOf, settingsTogether } from '../../harness/check/settings/values.js';
import { contractsByFunction } from '../../harness/check/sizes-of-functions.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, Call } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { ConcreteFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';

/**
 * The batches that every property tries, and noise: images as different as possible. Training and hyperparameters get small
 * batches of all kinds. The same at sizes that run other concrete functions.
 */
export function callsFor(model: SavedModel, contract: Contract, seed: number): readonly Call[] {
  return contractsByFunction(model, contract).flatMap((one) => callsAtSmallest(model, one, seed));
}

function callsAtSmallest(model: SavedModel, contract: Contract, seed: number): readonly Call[] {
  const corners = cornersOf(contract);
  const [smallest] = [...corners].sort((a, b) => a.height * a.width - b.height * b.width);
  if (smallest === undefined) return [];
  const { height, width } = smallest;
  const count = Math.max(1, Math.min(8, Math.floor(contract.limits.pixelsPerCall / (height * width))));
  const mixed: Batch = { height, width, count, pattern: 'mixed', seed: 3 };
  const noise = [31, 32, 33, 34].map((seed): Batch => ({ height, width, count, pattern: 'noise', seed }));
  const small = [mixed, ...noise];
  const settings = settingsFor(model, contract, mixed);
  return [
    ...[...corners, ...noise].map((batch) => ({ batch })),
    ...(contract.fineTuning?.trainingArgument ? small : []).map((batch) => ({ batch, args: training })),
    ...settings.flatMap((args) => small.slice(0, 2).map((batch) => ({ batch, args }))),
    ...valuesBetween(contract, seed).map((args) => ({ batch: mixed, args })),
  ];
}

const training = { training: true };

/** Values between the ends of each hyperparameter, all of a small range of whole numbers: one may select other scores. */
function valuesBetween({ fineTuning, hyperparameters }: Contract, seed: number): readonly Arguments[] {
  const values = hyperparameters.flatMap((one) => settingsBetween(one, seed));
  return fineTuning?.trainingArgument ? values.flatMap((args) => [args, { ...training, ...args }]) : values;
}

/**
 * The ends of each hyperparameter, and of all at once, at inference and in training; other combinations where they run
 * another concrete function.
 */
function settingsFor(model: SavedModel, contract: Contract, batch: Batch): readonly Arguments[] {
  const { fineTuning, hyperparameters } = contract;
  const combined = settingsOf(hyperparameters);
  const alone = combined.filter((values) => Object.keys(values).length === 1);
  const always = [...alone, ...settingsTogether(hyperparameters)];
  const run = new Set<ConcreteFunction | undefined>();
  return (fineTuning?.trainingArgument ? [{}, training] : [{}]).flatMap((mode) =>
    [...always, ...combined.slice(1)].flatMap((values, at) => {
      const args = { ...mode, ...values };
      const runs = concreteFunctionIn(model, contract, { batch, args });
      const isNew = !run.has(runs);
      run.add(runs);
      return isNew || at < always.length ? [args] : [];
    }),
  );
}
