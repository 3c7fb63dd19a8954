import { expect, test } from 'vitest';
import { pixelsOf } from '../../images/pixels.js';
import type { Batch } from '../../verdict/batch.js';
import { LastBatch } from './last-batch.js';

const batch: Batch = { count: 2, height: 4, width: 5, pattern: 'noise', seed: 7 };

test('what is written into the pixels of a batch is not seen by whoever asks for it next', () => {
  const last = new LastBatch();
  last.pixelsOf(batch).fill(0);
  last.pixelsOf({ ...batch }).fill(0);
  expect(last.pixelsOf(batch)).toEqual(pixelsOf(batch));
});

test('another batch has other pixels, whatever of it differs', () => {
  const last = new LastBatch();
  last.pixelsOf(batch);
  for (const other of [
    { ...batch, seed: 8 },
    { ...batch, rows: [1, 0] },
    { ...batch, nudge: 0.1 },
  ])
    expect(last.pixelsOf(other)).toEqual(pixelsOf(other));
});
