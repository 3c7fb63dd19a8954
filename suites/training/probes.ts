import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, Call, ModelFacts } from '../../harness/engine/subject.js';
import { sizeCorners, smallestSize } from '../../harness/images/corners.js';
import { areaOf, type Size } from '../../harness/images/size.js';
import { type Batch, firstStranger } from '../../harness/verdict/batch.js';

/**
 * An inference call, the same again, one with other images in the place of all but the first rows and, where another
 * function answers it, one with `training=False`.
 */
export type Probe = readonly Call[];

/** Calls that show what inference is like after a sequence of calls; `args`: hyperparameters that are passed. */
export function probeWith(subject: ModelFacts, batch: Batch, args?: Arguments): Probe {
  const kept = rowsKept(batch);
  const rows = Array.from({ length: batch.count }, (_, row) => (row < kept ? row : firstStranger + row));
  const same = args !== undefined || subject.sameCall(batch, {}, { training: false });
  const call = { batch, ...(args ? { args } : {}) };
  return [
    call,
    call,
    { ...call, batch: { ...batch, rows } },
    ...(same ? [] : [{ batch, args: { training: false } }]),
  ];
}

/** How many of the first images stay, beside others. */
export function rowsKept({ count }: Batch): number {
  return count > 2 ? 2 : 1;
}

/** A few images of the smallest size. */
export function smallProbe(contract: Contract): Batch {
  return smallBatch(contract, smallestSize(contract), 4);
}

/** Many of the smallest size, and a few of the largest and of one between. */
export function furtherProbes(contract: Contract): Batch[] {
  const sizes = sizeCorners(contract).sizes.toSorted((a, b) => areaOf(a) - areaOf(b));
  const [smallest, ...larger] = sizes;
  const further = new Set([larger[Math.floor(larger.length / 2)], larger.at(-1)]);
  const many = smallest ? Math.min(70, Math.floor(pixelsOfProbe / areaOf(smallest))) : 0;
  return [
    ...(smallest && many > 4 ? [smallBatch(contract, smallest, many)] : []),
    ...[...further].flatMap((size) => (size ? [smallBatch(contract, size, fewOf(size))] : [])),
  ];
}

function fewOf(size: Size): number {
  return Math.max(2, Math.min(4, Math.floor(pixelsOfProbe / areaOf(size))));
}

/** Of one such call, unless two images have more. */
const pixelsOfProbe = 100_000;

/** Noise; fewer images where the limits allow no more. */
export function smallBatch(
  contract: Contract,
  { height, width }: Pick<Batch, 'height' | 'width'>,
  count: number,
): Batch {
  const most = Math.max(1, Math.floor(contract.limits.pixelsPerCall / (height * width)));
  return { count: Math.min(count, most), height, width, pattern: 'noise', seed: 5 };
}
