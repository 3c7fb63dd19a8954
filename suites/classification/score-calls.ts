import type { Contract } from '../../harness/contract/contract.js';
import type { Call } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { Batch } from '../../harness/verdict/batch.js';

/** The batches that every property tries, and noise: images as different as possible. Training gets small batches of all kinds. */
export function callsFor(contract: Contract): readonly Call[] {
  const corners = cornersOf(contract);
  const [smallest] = [...corners].sort((a, b) => a.height * a.width - b.height * b.width);
  if (smallest === undefined) return [];
  const { height, width } = smallest;
  const count = Math.max(1, Math.min(8, Math.floor(contract.limits.pixelsPerCall / (height * width))));
  const mixed: Batch = { height, width, count, pattern: 'mixed', seed: 3 };
  const noise = [31, 32, 33, 34].map((seed): Batch => ({ height, width, count, pattern: 'noise', seed }));
  const trained = contract.fineTuning?.trainingArgument ? [mixed, ...noise] : [];
  return [
    ...[...corners, ...noise].map((batch) => ({ batch })),
    ...trained.map((batch) => ({ batch, args: training })),
  ];
}

const training = { training: true };
