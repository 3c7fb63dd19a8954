import { differenceOf, rowOf } from '../../../harness/check/compare.js';
import { callMayDraw } from '../../../harness/check/may-draw.js';
import type { Contract } from '../../../harness/contract/contract.js';
import type { Subject } from '../../../harness/engine/subject.js';
import { keepsRowsApart } from '../../../harness/graph/randomness/rows-apart.js';
import { listedTrainable } from '../../../harness/savedmodel/listed-trainable.js';
import type { Batch } from '../../../harness/verdict/batch.js';
import { behindOutput } from './behind-output.js';
import type { Missing } from './missing.js';

const training = { training: true };

/** Batch normalization moves its averages in a training call, and normalizes by the images of the batch. */
export async function missingBatchNorm(
  subject: Subject,
  contract: Contract,
  batches: readonly Batch[],
): Promise<Missing | undefined> {
  const [moves, couples] = [
    await someOf(batches, (batch) => movesAverages(subject, batch)),
    await someOf(batches, (batch) => couplesRows(subject, contract, batch)),
  ];
  if (!moves)
    return { where: 'batch-norm', expected: 'moving averages that change', actual: 'no variable changed' };
  if (!couples)
    return {
      where: 'batch-norm',
      expected: 'rows that depend on the other images of the batch',
      actual: 'rows that depend on their own image alone',
    };
  return undefined;
}

async function someOf(
  batches: readonly Batch[],
  holds: (batch: Batch) => Promise<boolean>,
): Promise<boolean> {
  for (const batch of batches) if (await holds(batch)) return true;
  return false;
}

async function movesAverages(subject: Subject, batch: Batch): Promise<boolean> {
  const weights = listedTrainable(subject.model);
  const changed = await subject.changedBy(batch, training);
  return changed.some((variable) => variable.dtype.includes('float') && !weights.includes(variable));
}

/** Random numbers make rows differ, too: where the graph keeps rows apart, nothing else does. */
async function couplesRows(subject: Subject, contract: Contract, batch: Batch): Promise<boolean> {
  const rows = Array.from({ length: batch.count }, (_, row) => (row === 0 ? 0 : row + 100));
  const one = await subject.call(batch, training);
  const other = await subject.call({ ...batch, rows }, training);
  if (differenceOf(rowOf(one, 0), rowOf(other, 0)) === undefined) return false;
  const call = { batch, args: training };
  return !callMayDraw(subject, call) || !behindOutput(subject, contract, call, keepsRowsApart, false);
}
