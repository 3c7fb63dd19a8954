import { always, type Check } from '../../harness/check/check.js';
import { batchesOf, rowPairs } from '../../harness/check/companions.js';
import { independentRows } from '../../harness/check/independence.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';

export const rowsIndependent: Check = {
  id: 'batching/rows-independent',
  level: 'must',
  demands:
    'At inference, the row of an image MUST NOT depend on the other images of the batch, on their number or on its position.',
  explain: {
    matters:
      'An image should get the same answer whatever else is in the batch. Otherwise results change with the batch size and cannot be repeated.',
    decided:
      'Each batch is tested in three ways. Beside other images, in the same position of a batch of the same shape, a row must keep its exact bits, as it does when the call is repeated. In another position, or among another number of images, it may differ by rounding: by a few units in the last place, or as much as copies of the same image differ there. A difference that noise images show, too, is not rounding.',
    fix: 'Let `training=False` reach every batch normalization, so that it uses its moving averages, and compute nothing over axis 0 at inference. Rows must keep the order of the images.',
  },
  answersFor: ['dependent-rows'],
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  calls: (batch) => [batch, ...batchesOf(rowPairs(batch))].map((one) => ({ batch: one })),
  holds: async (subject, batch, contract) => {
    for (const one of batchesOf(rowPairs(batch))) await numericRows(subject, { batch: one });
    return independentRows(subject, contract, { batch });
  },
  held: () => 'every row the same alone, in other positions and beside other images',
};
