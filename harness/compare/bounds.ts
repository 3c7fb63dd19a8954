import { rowOf, scaleOf } from '../check/compare.js';
import { Rounding } from '../check/rounding.js';
import type { Arguments, Subject, Tensor } from '../engine/subject.js';
import type { Batch } from '../verdict/batch.js';
import { refusalIn } from './call-differences.js';
import { farthest, type RowPair, rounding } from './rows.js';

/** Two models that get the same calls. */
export type Pair = { readonly old: Subject; readonly new: Subject };

/** What is known of two models already, so that rounding need not be measured on the case at hand: how far they agree at most. */
export type Agreed = 'to the noise' | 'within the noisier' | 'not at all';

/**
 * The rows of two answers to one call. Rounding is measured on the smallest images first, and on the case at hand, which takes more
 * calls, only where that does not explain the difference.
 */
export async function rowPairs(
  pair: Pair,
  [old, now]: readonly [Tensor, Tensor],
  call: { readonly batch?: Batch; readonly args: Arguments },
  before: Agreed,
): Promise<RowPair[]> {
  let agreed = before;
  const usual = [await allowedBy(pair.old), await allowedBy(pair.new)];
  const pairs: RowPair[] = [];
  for (let row = 0; row < (old.shape[0] ?? 0); row++) {
    const rows = { old: rowOf(old, row), new: rowOf(now, row) };
    const found = farthest(rows.old, rows.new);
    const explained = call.batch === undefined || found.by <= enough(agreed, usual);
    const atHand = explained
      ? usual
      : [
          Math.max(usual[0] ?? 0, await allowedAt(pair.old, call.batch, row, call.args)),
          Math.max(usual[1] ?? 0, await allowedAt(pair.new, call.batch, row, call.args)),
        ];
    const tight = Math.min(...atHand);
    const loose = Math.max(tight, Math.min(Math.max(...atHand), widest * scaleOf(rows.old)));
    pairs.push({ ...rows, ...found, tight, loose });
    agreed = agreedAfter(agreed, pairs);
  }
  return pairs;
}

/**
 * Of the largest value of a tensor: what rounding may come to in a step of training, in the noisier of two models. Batch
 * statistics make more of it than inference does.
 */
export async function roundingOfSteps({ old, new: now }: Pair): Promise<number> {
  const noisier = Math.max(await relativeNoise(old), await relativeNoise(now));
  return Math.max(rounding, Math.min(4 * noisier, widestOfSteps));
}

async function relativeNoise(subject: Subject): Promise<number> {
  const found = await subject.noise().catch(refusalIn);
  return typeof found === 'string' || found.scale === 0 ? 0 : found.tolerance.absolute / found.scale;
}

/** A few roundings in half precision. */
const widestOfSteps = 0.01;

/** Up to where a difference changes nothing of what is known. */
function enough(agreed: Agreed, usual: readonly number[]): number {
  if (agreed === 'not at all') return Number.POSITIVE_INFINITY;
  return agreed === 'to the noise' ? Math.min(...usual) : Math.max(...usual);
}

/** What is known once these rows are. */
export function agreedAfter(before: Agreed, pairs: readonly RowPair[]): Agreed {
  if (before === 'not at all' || pairs.some(({ by, loose }) => by > loose)) return 'not at all';
  return pairs.some(({ by, tight }) => by > tight) ? 'within the noisier' : before;
}

/** Of the largest value of a row: no rounding changes more, half precision included. */
const widest = 0.05;

async function allowedBy(subject: Subject): Promise<number> {
  return measured(async () => (await subject.noise()).tolerance);
}

async function allowedAt(subject: Subject, batch: Batch, row: number, args: Arguments): Promise<number> {
  return measured(() => new Rounding(subject, { batch, args }).atHand({ batch, row }, [batch.count]));
}

/** 0 where the model refuses a call that the measurement takes: what is not known explains no difference. */
async function measured(measure: () => Promise<{ readonly absolute: number }>): Promise<number> {
  const found = await measure().catch(refusalIn);
  return typeof found === 'string' ? 0 : found.absolute;
}
