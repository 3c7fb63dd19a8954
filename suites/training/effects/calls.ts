import { settingsOf } from '../../../harness/check/settings/values.js';
import { sizesOfOtherFunctions } from '../../../harness/check/sizes-of-functions.js';
import type { Contract } from '../../../harness/contract/contract.js';
import type { Call } from '../../../harness/engine/subject.js';
import { sizeCorners } from '../../../harness/images/corners.js';
import { areaOf, type Size } from '../../../harness/images/size.js';
import type { SavedModel } from '../../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../../harness/verdict/batch.js';
import { distinct } from '../../../harness/verdict/distinct.js';

/** Images of the batches in which effects are looked for. */
const count = 4;

/** Pixels of one such batch, unless two images of the smallest size have more. */
const maxPixels = 512 * 512;

/** Hyperparameter settings in which an effect is looked for that the defaults do not show. */
const maxSettings = 8;

/** Batches in which an effect of training is looked for: at the smallest, the largest and a size between, and where another function runs. */
export function effectBatches(model: SavedModel, contract: Contract): Batch[] {
  const sizes = sizeCorners(contract).sizes.toSorted((a, b) => areaOf(a) - areaOf(b));
  const chosen = new Set([sizes[0], sizes[Math.floor(sizes.length / 2)], sizes.at(-1)]);
  const batches = [...chosen, ...sizesOfOtherFunctions(model, contract)].flatMap((size) =>
    size ? [batchAt(size, contract)] : [],
  );
  return distinct(batches);
}

/** The training calls of a batch: with every default, then with values of hyperparameters that may turn an effect on. */
export function trainingCalls(batch: Batch, { hyperparameters }: Contract): Call[] {
  const settings = settingsOf(hyperparameters.filter(({ affects }) => affects !== 'inference'));
  return settings.slice(0, maxSettings).map((setting) => ({ batch, args: { training: true, ...setting } }));
}

function batchAt(size: Size, { limits }: Contract): Batch {
  const affordable = Math.floor(Math.min(maxPixels, limits.pixelsPerCall) / areaOf(size));
  return { ...size, count: Math.max(2, Math.min(count, affordable)), pattern: 'mixed', seed: 31 };
}

/** As findings name the sizes that were tried. */
export function sizesText(batches: readonly Batch[]): string {
  return batches.map(({ height, width }) => `${height}×${width}`).join(', ');
}
