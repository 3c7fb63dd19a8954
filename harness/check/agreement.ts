import type { Contract } from '../contract/contract.js';
import type { Tensor } from '../engine/subject.js';
import { type Difference, differenceInWords, differenceOf, rowOf, scaleOf, shareOf } from './compare.js';
import { type Compared, ofSpec, sameBits, type Tolerance } from './tolerance.js';

/** How two outputs for the same images differ, in the row in which they differ most. */
export type Disagreement = Difference & {
  readonly row: number;
  /** The two values, as findings print them. */
  readonly expected: string;
  readonly actual: string;
};

export type Agreement = { readonly compared: Compared; readonly disagreement?: Disagreement };

/**
 * Compares two outputs for the same images, row by row. The same bits need no tolerance; for the row that differs most it
 * is the spec's or, without one, what `measure` gives.
 */
export async function agreementOf(
  outputs: readonly [expected: Tensor, actual: Tensor],
  { tolerance }: Pick<Contract, 'tolerance'>,
  measure: (row: number, expected: Float32Array) => Tolerance | Promise<Tolerance>,
): Promise<Agreement> {
  const { row, rows } = mostDifferent(outputs, tolerance);
  const scale = scaleOf(rows[0]);
  const by = differenceOf(...rows)?.by ?? 0;
  if (by === 0)
    return { compared: { tolerance: tolerance ? ofSpec(tolerance) : sameBits, difference: 0, scale } };
  const allowed = tolerance ? ofSpec(tolerance) : await measure(row, rows[0]);
  const compared = { tolerance: allowed, difference: by, scale };
  const difference = differenceOf(...rows, allowed);
  if (!difference) return { compared };
  return { compared, disagreement: { ...difference, row, ...differenceInWords(rows, difference, allowed) } };
}

type Rows = readonly [expected: Float32Array, actual: Float32Array];

function mostDifferent(
  [expected, actual]: readonly [Tensor, Tensor],
  tolerance: Contract['tolerance'],
): { readonly row: number; readonly rows: Rows } {
  const count = Math.max(expected.shape[0] ?? 1, actual.shape[0] ?? 1);
  let worst = { row: 0, rows: rowsAt(0), share: shareAt(0) };
  for (let row = 1; row < count; row++) {
    const share = shareAt(row);
    if (share > worst.share) worst = { row, rows: rowsAt(row), share };
  }
  return worst;

  function rowsAt(row: number): Rows {
    return [rowOf(expected, row), rowOf(actual, row)];
  }

  function shareAt(row: number): number {
    const rows = rowsAt(row);
    return shareOf(differenceOf(...rows, tolerance), rows[0]);
  }
}
