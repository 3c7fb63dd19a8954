import type { Contract } from '../contract/contract.js';
import type { Tensor } from '../engine/subject.js';
import type { Finding } from '../verdict/run.js';
import { type Difference, differenceInWords, differenceOf, rowOf, scaleOf, shareOf } from './compare.js';
import { type Apart, type Compared, farther, ofSpec, sameBits, type Tolerance } from './tolerance.js';
import { unitsApart } from './units-apart.js';

/** How two outputs for the same images differ, in the row in which they differ most. */
export type Disagreement = Difference & {
  readonly row: number;
  /** The two values, as findings print them. */
  readonly expected: string;
  readonly actual: string;
  /** Where the two rows differ most. */
  readonly units: NonNullable<Finding['units']>;
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
  const { row, rows, largest } = mostDifferent(outputs, tolerance);
  const scale = scaleOf(rows[0]);
  const by = differenceOf(...rows)?.by ?? 0;
  if (by === 0)
    return {
      compared: { tolerance: tolerance ? ofSpec(tolerance) : sameBits, difference: 0, scale, largest },
    };
  const allowed = tolerance ? ofSpec(tolerance) : await measure(row, rows[0]);
  const compared = { tolerance: allowed, difference: by, scale, largest };
  const difference = differenceOf(...rows, allowed);
  if (!difference) return { compared };
  const said = differenceInWords(rows, difference, allowed);
  return { compared, disagreement: { ...difference, row, ...said, units: unitsApart(rows) } };
}

type Rows = readonly [expected: Float32Array, actual: Float32Array];

/** The row that differs most for its size, by more than the spec allows, and where any differs most. */
export function mostDifferent(
  [expected, actual]: readonly [Tensor, Tensor],
  tolerance: Contract['tolerance'],
): { readonly row: number; readonly rows: Rows; readonly largest: Apart } {
  const count = Math.max(expected.shape[0] ?? 1, actual.shape[0] ?? 1);
  let worst = { row: 0, rows: rowsAt(0), share: shareAt(0) };
  let largest = apart(worst.rows);
  for (let row = 1; row < count; row++) {
    const share = shareAt(row);
    largest = farther(largest, apart(rowsAt(row)));
    if (share > worst.share) worst = { row, rows: rowsAt(row), share };
  }
  return { ...worst, largest };

  function rowsAt(row: number): Rows {
    return [rowOf(expected, row), rowOf(actual, row)];
  }

  function shareAt(row: number): number {
    const rows = rowsAt(row);
    return shareOf(differenceOf(...rows, tolerance), rows[0]);
  }
}

/** How far two rows lie apart, to the last bit. */
export function apart(rows: Rows): Apart {
  return { difference: differenceOf(...rows)?.by ?? 0, scale: scaleOf(rows[0]) };
}
