import { batchFor } from '../../harness/check/settings/declared.js';
import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, Call } from '../../harness/engine/subject.js';
import { cornersOf, smallestSize } from '../../harness/images/corners.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { trainingArguments } from './training-function.js';

/** Patterns of images for which gradients are computed: each takes the time of about four calls. */
const maxPatterns = 8;

/** Settings of hyperparameters with which they are computed. */
const maxSettings = 12;

/**
 * Two small images of each pattern, plain ones among them: there, differences, deviations and norms are 0; as they are
 * over a batch of one image, or of the same one twice.
 */
export function gradientCalls(contract: Contract): Call[] {
  const args = trainingArguments(contract);
  const noise: Batch = { ...smallestSize(contract), count: 2, pattern: 'noise', seed: 1 };
  const others = cornersOf(contract, 2).map(({ pattern }) => pattern);
  const patterns = new Set<Batch['pattern']>(['noise', 'black', 'flat', 'white', ...others]);
  const batches = [...patterns].slice(0, maxPatterns).map((pattern) => ({ ...noise, pattern }));
  const inTraining = [...batches, { ...noise, count: 1 }, { ...noise, rows: [0, 0] }].map((batch) => ({
    batch,
    args,
  }));
  const atInference = args.training ? [noise, { ...noise, pattern: 'black' as const }] : [];
  return [...inTraining, ...atInference.map((batch) => ({ batch, args: { training: false } }))];
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
