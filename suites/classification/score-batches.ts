import type { Contract } from '../../harness/contract/contract.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { Batch } from '../../harness/verdict/batch.js';

/** The batches that every property tries, and noise: images as different as possible. */
export function batchesFor(contract: Contract): readonly Batch[] {
  const corners = cornersOf(contract);
  const [smallest] = [...corners].sort((a, b) => a.height * a.width - b.height * b.width);
  if (smallest === undefined) return [];
  const { height, width } = smallest;
  const count = Math.max(1, Math.min(8, Math.floor(contract.limits.pixelsPerCall / (height * width))));
  const noise = [31, 32, 33, 34].map((seed): Batch => ({ height, width, count, pattern: 'noise', seed }));
  return [...corners, ...noise];
}
