import type { Call, ModelFacts } from '../engine/subject.js';
import { coarsestRounding } from '../graph/precision.js';
import { areaOf } from '../images/size.js';
import type { Batch } from '../verdict/batch.js';
import { scaleOf } from './compare.js';
import { measured, type Tolerance } from './tolerance.js';

/** Half the gap between 1 and the next float32. */
export const unit = 2 ** -24;

/** Roundings of the largest value of a row that always count as equal. */
export const fewRoundings = 64;

/** Roundings of the largest value in half precision, where a model computes in it, that always count as equal. */
const coarseRoundings = 4;

/**
 * What two calls of other shapes or concrete functions may always differ by: some roundings of the largest value of the row,
 * more where sums of many pixels are in another order. @throws CallRefused
 */
export function leastRounding(subject: ModelFacts, call: Call, row: Float32Array): Tolerance {
  return fewLastBits(row, call.batch, coarseShare(subject, call));
}

/** What the same call may give when it is repeated: the same bits, unless threads add up in the order in which they finish. */
export function sumsInAnyOrder(row: Float32Array, batch: Batch): Tolerance {
  const share = unit * (4 + Math.sqrt(areaOf(batch)));
  return measured(share * scaleOf(row), 'sums in another order');
}

/** `coarse`: the share that half precision inside may change. */
export function fewLastBits(row: Float32Array, batch: Batch, coarse: number): Tolerance {
  const share = unit * (fewRoundings + 4 * Math.sqrt(areaOf(batch))) + coarse;
  return measured(share * scaleOf(row), 'rounding of the largest value of the row');
}

/** Share of a row that half precision inside may change. @throws CallRefused */
export function coarseShare(subject: ModelFacts, { batch, args }: Call): number {
  const coarsest = coarsestRounding(subject.model, subject.concreteFunctionFor(batch, args));
  return coarsest > unit ? coarseRoundings * coarsest : 0;
}
