import { settingOf } from '../../harness/check/settings/declared.js';
import type { Contract, Hyperparameter } from '../../harness/contract/contract.js';
import type { Arguments, Call } from '../../harness/engine/subject.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';
import type { Corner } from './corners.js';

/** Images of a batch: enough that a mask on their rows shows, few enough to be quick. */
const images = { min: 4, max: 16, pixels: 2 ** 18 };

/** The calls in which outputs may be dropped: at inference, in training, and with other hyperparameters. */
export function callsOf(contract: Contract, seed: number): readonly Call[] {
  const batch = batchFor(contract, seed);
  return argumentsOf(contract).map((args) => ({ batch, args }));
}

/** The same calls where the model may do something else. */
export function callsAt(corners: readonly Corner[], contract: Contract, seed: number): readonly Call[] {
  return corners.flatMap((corner) => {
    const batch: Batch = { ...corner, pattern: 'blobs', seed };
    return argumentsOf(contract).map((args) => ({ batch, args }));
  });
}

function argumentsOf(contract: Contract): readonly Arguments[] {
  const training = contract.fineTuning?.trainingArgument ? [{ training: true }] : [];
  const others = contract.hyperparameters.flatMap((one): Arguments[] => {
    const value = otherValue(one);
    const setting = settingOf(one);
    if (one.affects === 'state' || value === undefined) return [];
    return setting.training === true && training.length === 0 ? [] : [{ ...setting, [one.name]: value }];
  });
  return [{}, ...training, ...others];
}

/** Different images of the smallest size. */
function batchFor(contract: Contract, seed: number): Batch {
  const { height, width, pixelsPerCall } = spaceOf(contract, 2);
  const fitting = (pixels: number) => Math.floor(pixels / (height.min * width.min));
  const wanted = Math.max(images.min, fitting(images.pixels));
  const count = Math.min(images.max, wanted, fitting(pixelsPerCall));
  return { count, height: height.min, width: width.min, pattern: 'blobs', seed };
}

/** The end of a range that is farther from the default: the larger one, unless that is the default. */
function otherValue({ default: defaultValue, max, min }: Hyperparameter): number | boolean | undefined {
  if (typeof defaultValue === 'boolean') return !defaultValue;
  return max !== defaultValue ? (max ?? min) : min;
}
