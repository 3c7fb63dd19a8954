import { streamOf, uniform } from '../images/hash.js';
import { imageNumbers } from '../images/pixels.js';
import { type Batch, firstStranger } from '../verdict/batch.js';
import type { RowOf } from '../verdict/run.js';

/**
 * Two rows of one and the same image, and what is different about them: only its neighbours, in the same place of a
 * batch of the same shape; or its place as well; or the number of images.
 */
export type RowPair = {
  readonly relation: 'neighbours' | 'place' | 'count';
  readonly one: RowOf;
  readonly other: RowOf;
};

/** The rows of a batch beside those of the same images in other company, the choice drawn from the batch's seed. */
export function rowPairs(batch: Batch): RowPair[] {
  if (batch.count === 1) return pairsOfOne(batch);
  return [...pairsBeside(batch, beside(batch)), ...pairsAlone(batch)];
}

/** The batches whose rows are compared. */
export function batchesOf(pairs: readonly RowPair[]): Batch[] {
  return [...new Set(pairs.flatMap(({ one, other }) => [one.batch, other.batch]))];
}

/** One image, beside a stranger, and for half of the seeds beside another. */
function pairsOfOne(batch: Batch): RowPair[] {
  const row = (batch.seed >> 1) % 2;
  const [first, second] = [0, 1].map((number) => withStranger(batch, row, batch.seed + number));
  if (!first || !second) return [];
  const alone: RowPair = { relation: 'count', one: { batch, row: 0 }, other: { batch: first, row } };
  if (batch.seed % 2 === 0) return [alone];
  return [{ relation: 'neighbours', one: { batch: first, row }, other: { batch: second, row } }, alone];
}

function withStranger(batch: Batch, row: number, number: number): Batch {
  const rows = [stranger(number), stranger(number)];
  rows[row] = imageNumbers(batch)[0] ?? 0;
  return { ...batch, count: rows.length, rows };
}

/** As many images: some in their places, the others replaced by strangers or by images of other places. */
function beside(batch: Batch): Batch {
  const images = imageNumbers(batch);
  const stays = staying(batch);
  const rows = images.map((image, row) => {
    if (stays(row)) return image;
    const moved = images[Math.floor(draw(batch, row, 2) * batch.count)] ?? image;
    return draw(batch, row, 1) < 0.5 || moved === image ? stranger(row + batch.seed) : moved;
  });
  return { ...batch, rows };
}

/** Which rows keep their image: about half of them, at least one, and not all. */
function staying(batch: Batch): (row: number) => boolean {
  const kept = batch.seed % batch.count;
  const replaced = (kept + 1) % batch.count;
  return (row) => row === kept || (row !== replaced && draw(batch, row, 0) < 0.5);
}

function pairsBeside(batch: Batch, other: Batch): RowPair[] {
  const images = imageNumbers(batch);
  return imageNumbers(other).flatMap((image, row): RowPair[] => {
    if (image >= firstStranger) return [];
    const stays = images[row] === image;
    const from = stays ? row : images.indexOf(image);
    const relation = stays ? 'neighbours' : 'place';
    return [{ relation, one: { batch, row: from }, other: { batch: other, row } }];
  });
}

/** One of the images alone, for a quarter of the seeds; for half of these the last one, which lies beyond any limit. */
function pairsAlone(batch: Batch): RowPair[] {
  if (batch.seed % 4 !== 3) return [];
  const row = batch.seed % 8 === lastAlone ? batch.count - 1 : Math.floor(draw(batch, 0, 3) * batch.count);
  const image = imageNumbers(batch)[row] ?? 0;
  const { rows: _, ...first } = { ...batch, count: 1 };
  const alone = image === 0 ? first : { ...first, rows: [image] };
  return [{ relation: 'count', one: { batch, row }, other: { batch: alone, row: 0 } }];
}

/** With such a seed, the last image of a batch is called alone as well. */
export const lastAlone = 7;

/** In [0, 1), from the seed of the batch; apart from the numbers that its pixels are drawn from. */
function draw({ seed }: Batch, row: number, which: number): number {
  return uniform(streamOf(~seed, row), which);
}

function stranger(number: number): number {
  return firstStranger + (number % 1000);
}
