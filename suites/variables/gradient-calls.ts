import { concreteFunctionIn } from '../../harness/check/refused-call.js';
import { batchFor } from '../../harness/check/settings/declared.js';
import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import { contractsByFunction } from '../../harness/check/sizes-of-functions.js';
import type { Contract } from '../../harness/contract/contract.js';
import { isSomewhereSingular } from '../../harness/engine/gradients/singular.js';
import type { Arguments, Call } from '../../harness/engine/subject.js';
import { reachableOperations } from '../../harness/graph/reachable.js';
import { cornersOf, smallestSize } from '../../harness/images/corners.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { trainingArguments } from './training-function.js';

/** Patterns of images for which gradients are computed: each takes the time of about four calls. */
const maxPatterns = 8;

/** Settings of hyperparameters with which they are computed. */
const maxSettings = 12;

/**
 * For the smallest size and others that run other functions, in turn: two small images of each pattern, plain ones among them: there, differences, deviations and norms are 0; as they are
 * over a batch of one image, or of the same one twice. Noise and black images at inference, too, where roots and the like are
 * taken there: a small number may be under them in training only.
 */
export function gradientCalls(model: SavedModel, contract: Contract): Call[] {
  const lists = contractsByFunction(model, contract).map((one) => callsAtSmallest(model, one));
  const most = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => lists.flatMap((calls) => calls[at] ?? [])).flat();
}

function callsAtSmallest(model: SavedModel, contract: Contract): Call[] {
  const args = trainingArguments(contract);
  const noise: Batch = { ...smallestSize(contract), count: 2, pattern: 'noise', seed: 1 };
  const others = cornersOf(contract, 2).map(({ pattern }) => pattern);
  const patterns = new Set<Batch['pattern']>(['noise', 'black', 'flat', 'white', ...others]);
  const batches = [...patterns].slice(0, maxPatterns).map((pattern) => ({ ...noise, pattern }));
  const inTraining = [...batches, { ...noise, count: 1 }, { ...noise, rows: [0, 0] }].map((batch) => ({
    batch,
    args,
  }));
  const atInference = [noise, { ...noise, pattern: 'black' as const }].map((batch) => ({
    batch,
    args: inference,
  }));
  return [
    ...inTraining,
    ...(args.training ? atInference.filter((call) => mayBeSingular(model, contract, call)) : []),
  ];
}

const inference = { training: false };

/** Whether a call runs another function than training does, with an operation whose derivative is infinite somewhere. */
function mayBeSingular(model: SavedModel, contract: Contract, call: Call): boolean {
  const [own, inTraining] = [call, { ...call, args: trainingArguments(contract) }].map((one) =>
    concreteFunctionIn(model, contract, one),
  );
  if (!own || own === inTraining) return false;
  return [...reachableOperations(model, [own]).keys()].some(isSomewhereSingular);
}

/** A call, and the hyperparameters that it passes. */
type SettingCall = { readonly call: Call; readonly setting: Arguments };

/** Noise, one flat, one white and one black image, with each setting. */
export function gradientCallsWithSettings(contract: Contract): SettingCall[] {
  const batch = { ...batchFor(contract), ...someOfVariety };
  const usual = trainingArguments(contract);
  return settingsPassed(contract.hyperparameters)
    .slice(0, maxSettings)
    .map((setting) => ({ call: { batch, args: { ...usual, ...setting } }, setting }));
}

/** Rows of a mixed batch. */
const someOfVariety = { count: 4, rows: [0, 3, 6, 7] };
