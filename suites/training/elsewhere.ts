import type { CauseKind } from '../../harness/check/cause.js';
import { differenceInWords, differenceOf, rowOf, scaleOf } from '../../harness/check/compare.js';
import { coarseShare, fewRoundings, unit } from '../../harness/check/last-bits.js';
import { measured, ofSpec, type Tolerance } from '../../harness/check/tolerance.js';
import { unitsApart } from '../../harness/check/units-apart.js';
import type { Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Call, ModelFacts, Tensor } from '../../harness/engine/subject.js';
import { areaOf, pixelsIn } from '../../harness/images/size.js';
import { type Batch, firstStranger } from '../../harness/verdict/batch.js';

/** Images that are added, so that the number, its half and the place of an image are others. */
const added = 2;

/** How many roundings of each pixel count as equal; those of noise, in models that normalize, come to less than one. */
const roundings = 8;

/**
 * A call in which the first image is the last of a larger batch, beside others; none where the limits allow no such batch.
 */
export function callElsewhere({ limits }: Contract, batch: Batch): readonly Call[] {
  const count = batch.count + added;
  if (pixelsIn({ ...batch, count }) > limits.pixelsPerCall) return [];
  const rows = Array.from({ length: count }, (_, row) => (row < count - 1 ? firstStranger + row : 0));
  return [{ batch: { ...batch, count, rows } }];
}

type Elsewhere = {
  readonly subject: ModelFacts;
  readonly contract: Contract;
  readonly call: Call;
  readonly after: string;
  /** Makes the error of a finding. */
  readonly left: (kind: CauseKind, finding: Violation['finding']) => Error;
};

/** `outputs`: of the call itself, then of `callElsewhere`. @throws what `left` makes where the row is another one */
export function requireSameElsewhere(
  { subject, contract, call, after, left }: Elsewhere,
  [first, moved]: readonly Tensor[],
): void {
  if (!first || !moved) return;
  const count = call.batch.count + added;
  const rows = [rowOf(first, 0), rowOf(moved, count - 1)] as const;
  const tolerance = contract.tolerance ? ofSpec(contract.tolerance) : perPixel(subject, call, rows[0]);
  const difference = differenceOf(...rows, tolerance);
  if (!difference) return;
  const { expected, actual } = differenceInWords(rows, difference, tolerance);
  throw left('dependent-rows', {
    where: `inference in another place and number of images after ${after}`,
    expected: `${expected} in row 0, column ${difference.unit}, of ${call.batch.count}`,
    actual: `${actual}, in row ${count - 1} of ${count}`,
    units: unitsApart(rows),
  });
}

/** Sums may be split otherwise in another place or number. @throws CallRefused */
function perPixel(subject: ModelFacts, call: Call, row: Float32Array): Tolerance {
  const share = roundings * unit * (fewRoundings + areaOf(call.batch)) + coarseShare(subject, call);
  return measured(share * scaleOf(row), `${roundings} roundings for each pixel`);
}
