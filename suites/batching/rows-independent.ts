import { afterStepInWords, outputsAfterStep } from '../../harness/check/after-step.js';
import { apart } from '../../harness/check/agreement.js';
import { always, type Check } from '../../harness/check/check.js';
import { batchesOf, rowPairs } from '../../harness/check/companions.js';
import { differenceInWords, differenceOf, rowOf } from '../../harness/check/compare.js';
import { independentRows } from '../../harness/check/independence.js';
import { sumsInAnyOrder } from '../../harness/check/last-bits.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { type Compared, looser, ofSpec } from '../../harness/check/tolerance.js';
import { unitsApart } from '../../harness/check/units-apart.js';
import { Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Subject } from '../../harness/engine/subject.js';
import { hasDataDependentShapesOrOrder } from '../../harness/graph/shapes/data-dependent.js';
import { cornersOf, isSmallest, smallestSize } from '../../harness/images/corners.js';
import { allowsBatch, spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const rowsIndependent: Check = {
  id: 'batching/rows-independent',
  level: 'must',
  demands:
    'At inference, the row of an image MUST NOT depend on the other images of the batch, on their number or on its position.',
  explain: {
    matters:
      'An image should get the same answer whatever else is in the batch. Otherwise results change with the batch size and cannot be repeated.',
    decided:
      'Each batch is tested in three ways. Beside other images, in the same position of a batch of the same shape, a row must keep its exact bits, as it does when the call is repeated. In another position, or among another number of images, it may differ by rounding: by a few units in the last place, or as much as copies of the same image differ there. A difference that noise images show, too, is not rounding. Some batches are dark or bright throughout: a threshold for the whole batch decides otherwise beside other images. Two images at the smallest size are also called with perturbed weights, since a gate that is closed when saved hides a coupling.',
    calls:
      'Two for each case where it has two images or more, of which one is often shared with `input/every-size`: the batch as it is, and the same number of other images around one of its rows. Calls with copies of an image are added only where a row differs in its bits.',
    fix: 'Let `training=False` reach every batch normalization, so that it uses its moving averages, and compute nothing over axis 0 at inference. Rows must keep the order of the images.',
  },
  answersFor: ['dependent-rows'],
  applies: always,
  comparisons: 'recorded',
  kind: 'property',
  corners: (contract) => [...cornersOf(contract, 1, { plainAtLargest: false }), ...keyed(contract)],
  space: spaceOf,
  calls: (batch) => [batch, ...batchesOf(rowPairs(batch))].map((one) => ({ batch: one })),
  holds: async (subject, batch, contract) => {
    for (const one of batchesOf(rowPairs(batch))) await numericRows(subject, { batch: one });
    const compared = await independentRows(subject, contract, { batch });
    if (!isSmallest(batch, contract)) return compared;
    return looser(compared, await requireIndependentAfterStep(subject, contract, batch));
  },
  held: () => 'every row the same alone, in other positions and beside other images',
};

/** Batches of dark images and of bright ones, by more and more: a threshold for the whole batch changes beside others. */
function keyed(contract: Contract): Batch[] {
  const size = smallestSize(contract);
  const space = spaceOf(contract);
  return (['low-key', 'high-key'] as const)
    .flatMap((pattern) => [0, 1, 2, 3].map((seed): Batch => ({ ...size, count: 2, pattern, seed })))
    .filter((batch) => allowsBatch(space, batch));
}

/** A gate may be closed as long as the weights are those that were saved. */
async function requireIndependentAfterStep(
  subject: Subject,
  contract: Contract,
  batch: Batch,
): Promise<Compared | undefined> {
  const pair = rowPairs(batch).find(({ relation }) => relation === 'neighbours');
  if (pair === undefined || hasDataDependentShapesOrOrder(subject.model, subject.concreteFunctionFor(batch)))
    return undefined;
  const { one, other } = pair;
  const [outputs, beside] = [await outputsAfterStep(subject, one), await outputsAfterStep(subject, other)];
  if (outputs === undefined || beside === undefined) return undefined;
  const rows = [rowOf(outputs[0], one.row), rowOf(beside[0], other.row)] as const;
  const tolerance = contract.tolerance ? ofSpec(contract.tolerance) : sumsInAnyOrder(rows[0], batch);
  if (differenceOf(rows[0], rowOf(outputs[1], one.row), tolerance)) return undefined;
  const compared = { tolerance, ...apart(rows) };
  const difference = differenceOf(...rows, tolerance);
  if (!difference) return compared;
  const { expected, actual } = differenceInWords(rows, difference, tolerance);
  throw new Violation(
    {
      where: `row beside other images${afterStepInWords}`,
      expected: `${expected} in row ${one.row}, column ${difference.unit}, of ${one.batch.count}`,
      actual,
      compared: { one, other },
      units: unitsApart(rows),
    },
    { compared: { ...compared, difference: difference.by }, outputs: [outputs[0], beside[0]] },
  );
}
