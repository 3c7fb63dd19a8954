import { always, type Check } from '../../harness/check/check.js';
import { differenceOf, numberText, rowOf } from '../../harness/check/compare.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Subject, Tensor } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import { imageNumbers } from '../../harness/images/pixels.js';
import { spaceOf } from '../../harness/images/space.js';
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
      'Each batch is called as it is and rearranged: one image alone, or all in reverse order among two other images, with one of them repeated. The rows of one image must agree, up to the rounding measured on this model.',
    fix: 'Let `training=False` reach every batch normalization, so that it uses its moving averages, and compute nothing over axis 0 at inference. Rows must keep the order of the images.',
  },
  answersFor: ['dependent-rows'],
  applies: always,
  kind: 'property',
  corners: (contract) => [...cornersOf(contract), ...largest(contract)],
  space: spaceOf,
  comparesValues: true,
  calls: (batch) => [{ batch }, { batch: rearranged(batch) }],
  holds: async (subject, batch) => {
    const together = await numericRows(subject, { batch });
    const { how, rows } = rearrangement(batch);
    const other = await numericRows(subject, { batch: rearranged(batch) });
    await compareRows(subject, { batch, together, other, rows, how });
  },
  held: () => 'every row the same alone, in other positions and beside other images',
};

/** The largest batch again, now compared with one image of it alone. */
function largest(contract: Contract): Batch[] {
  const batch = cornersOf(contract).reduce((a, b) => (b.count > a.count ? b : a));
  return [{ ...batch, seed: batch.seed + 1 }];
}

type Rearrangement = { readonly how: string; readonly rows: readonly number[] };

/** The same images in another batch: one of them alone, or all in reverse order, one twice, beside other images. */
function rearrangement(batch: Batch): Rearrangement {
  const chosen = batch.seed % batch.count;
  if (batch.count > 1 && batch.seed % 2 === 0) return { how: 'alone', rows: [chosen] };
  const [stranger, other] = [batch.count + 100, batch.count + 101];
  const reversed = [...imageNumbers(batch)].reverse();
  return { how: 'in another position, beside others', rows: [stranger, ...reversed, other, chosen] };
}

function rearranged(batch: Batch): Batch {
  const { rows } = rearrangement(batch);
  return { ...batch, count: rows.length, rows };
}

type Comparison = Rearrangement & {
  readonly batch: Batch;
  readonly together: Tensor;
  readonly other: Tensor;
};

async function compareRows(
  subject: Subject,
  { batch, together, other, rows, how }: Comparison,
): Promise<void> {
  const noise = await subject.noise();
  for (const [place, image] of rows.entries()) {
    if (image >= batch.count) continue;
    const [expected, actual] = [rowOf(together, image), rowOf(other, place)];
    const difference = differenceOf(expected, actual, noise);
    if (!difference) continue;
    throw new Violation({
      where: `row of image ${image}, column ${difference.unit}, ${how}`,
      expected: `${numberText(expected[difference.unit])} ± ${numberText(difference.allowed)}, as in the batch`,
      actual: numberText(actual[difference.unit]),
    });
  }
}
