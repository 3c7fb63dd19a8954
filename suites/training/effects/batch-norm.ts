import { differenceOf, rowOf } from '../../../harness/check/compare.js';
import { callMayDraw } from '../../../harness/check/may-draw.js';
import { unlessNotAccepted } from '../../../harness/check/unless-not-accepted.js';
import type { Contract } from '../../../harness/contract/contract.js';
import type { Call, Subject } from '../../../harness/engine/subject.js';
import { keepsRowsApart } from '../../../harness/graph/randomness/rows-apart.js';
import { listedTrainable } from '../../../harness/savedmodel/listed-trainable.js';
import type { Batch } from '../../../harness/verdict/batch.js';
import { behindOutput } from './behind-output.js';
import { trainingCalls } from './calls.js';
import type { Missing } from './missing.js';

/** Batch normalization moves its averages in a training call, and normalizes by the images of the batch. */
export async function missingBatchNorm(
  subject: Subject,
  contract: Contract,
  batches: readonly Batch[],
): Promise<Missing | undefined> {
  const calls = batches.flatMap((batch) => trainingCalls(batch, contract));
  const [moves, couples] = [
    await someOf(calls, (call) => movesAverages(subject, call)),
    await someOf(calls, (call) => couplesRows(subject, contract, call)),
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

async function someOf(calls: readonly Call[], holds: (call: Call) => Promise<boolean>): Promise<boolean> {
  for (const call of calls) if (await unlessNotAccepted(() => holds(call))) return true;
  return false;
}

/** A single number may be the hyperparameter itself, which the call keeps. */
async function movesAverages(subject: Subject, { batch, args }: Call): Promise<boolean> {
  const weights = listedTrainable(subject.model);
  const changed = await subject.changedBy(batch, args);
  return changed.some(
    (variable) =>
      variable.dtype.includes('float') && variable.shape?.length !== 0 && !weights.includes(variable),
  );
}

/** Random numbers make rows differ, too: where the graph keeps rows apart, nothing else does. */
async function couplesRows(subject: Subject, contract: Contract, call: Call): Promise<boolean> {
  const { batch, args } = call;
  const rows = Array.from({ length: batch.count }, (_, row) => (row === 0 ? 0 : row + 100));
  const one = await subject.call(batch, args);
  const other = await subject.call({ ...batch, rows }, args);
  if (differenceOf(rowOf(one, 0), rowOf(other, 0)) === undefined) return false;
  return !callMayDraw(subject, call) || !behindOutput(subject, contract, call, keepsRowsApart, false);
}
