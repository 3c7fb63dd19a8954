import type { Contract, Hyperparameter } from '../../harness/contract/contract.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { Batch } from '../../harness/verdict/batch.js';

/** For checks of hyperparameters: the spec must declare one. */
export function declaresHyperparameters({ hyperparameters }: Contract): true | string {
  return hyperparameters.length > 0 || 'The spec declares no hyperparameters.';
}

/** The values that a hyperparameter must take: both ends of its range, and the default. */
export function valuesOf({ type, default: usual, min, max }: Hyperparameter): (number | boolean)[] {
  if (type === 'bool') return [false, true];
  return [...new Set([min, max, usual])].filter((value): value is number | boolean => value !== undefined);
}

/** The arguments under which a hyperparameter shows itself. */
export function settingOf({ affects }: Hyperparameter): Arguments {
  return affects === 'inference' ? {} : { training: true };
}

/** A batch of several different images at the smallest size. */
export function batchFor(contract: Contract): Batch {
  const [smallest] = cornersOf(contract);
  const { height, width } = smallest ?? {
    height: contract.imageSize.height.min,
    width: contract.imageSize.width.min,
  };
  return { count: 6, height, width, pattern: 'mixed', seed: 23 };
}
