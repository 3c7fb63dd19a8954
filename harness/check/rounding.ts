import type { Arguments, Call, ModelCalls, ModelFacts } from '../engine/subject.js';
import { imageNumbers } from '../images/pixels.js';
import { areaOf } from '../images/size.js';
import type { Batch } from '../verdict/batch.js';
import type { RowOf } from '../verdict/run.js';
import { differenceOf, rowOf, scaleOf } from './compare.js';
import { coarseShare, fewLastBits, fewRoundings, unit } from './last-bits.js';
import { measured, type Tolerance } from './tolerance.js';

/** Roundings of each pixel whose effect counts as equal. */
const carriedRoundings = 16;

/** How many times what copies and repeated calls differ by a finding must be. */
const standOut = 8;

/** Times that a call is repeated. */
const repeats = 2;

/** Images of noise that a finding must show on, all of them, where its own images are badly conditioned. */
const noiseImages = 3;

/** Share by which pixels are moved to see what a model makes of a small error. */
const nudge = 2 ** -10;

/** Smaller shares, for images that the first one changes altogether. */
const smallerNudges = [2 ** -16, 2 ** -20];

/**
 * How many times one rounding for each pixel copies of an image may differ by, at most; group norms of flat images, the
 * worst that was seen, stay below a hundredth of that. Beyond, it is the number of images that changes the row.
 */
const copiesStandOut = 128;

/**
 * How far rounding alone moves a row between two calls that ought to agree, measured on the case at hand.
 *
 * Where the numbers come from: TensorFlow 2.21 on two cores; 18 small models that pool and normalise over 32² to 512²
 * pixels, and DenseNet121, ConvNeXt-Tiny, EfficientNetB0, MobileNetV3, ResNet-RS50 and a ResNet with group normalisation;
 * 3 to 6 kinds of images each. In the same place of a batch of the same shape, other neighbours changed a row by exactly 0, always.
 * In another place or number, a row changed by as much as copies of its image differ in those places and numbers: by up
 * to 3e-6 of its largest value, but by up to 5e-4 for noise and 3e-2 for flat images where groups of
 * channels are normalised over 512×512 pixels, and in proportion to the pixels for fewer.
 */
export class Rounding {
  readonly #subject: ModelCalls;
  readonly #args: Arguments;
  readonly #coarse: number;

  /** @throws CallRefused when no concrete function takes the batch */
  constructor(subject: ModelCalls & ModelFacts, { batch, args = {} }: Call) {
    this.#subject = subject;
    this.#args = args;
    this.#coarse = coarseShare(subject, { batch, args });
  }

  /** What may always be between two calls of other shapes, places or concrete functions. */
  least(row: Float32Array, batch: Batch): Tolerance {
    return fewLastBits(row, batch, this.#coarse);
  }

  /** What repeated calls differ by: mostly nothing. */
  async ofRepeats(positions: readonly RowOf[]): Promise<Tolerance> {
    let largest = 0;
    for (const { batch, row } of positions) {
      const usual = await this.#rowAt({ batch, row });
      for (let made = 0; made < repeats; made++) {
        const [again] = await this.#subject.inARow([{ batch, args: this.#args }]);
        if (again) largest = Math.max(largest, distance(usual, rowOf(again, row)));
      }
    }
    const calls = `${repeats * positions.length} repeated calls`;
    if (largest === 0) return measured(0, `${calls} gave the same bits`);
    return measured(standOut * largest, `${standOut} times what ${calls} differ by`);
  }

  /**
   * For two calls that differ in the place or number of images or in the concrete function: copies of the image in batches
   * of these counts differ by rounding alone, and so does the image after the last bit of its pixels has moved.
   */
  async atHand(position: RowOf, counts: readonly number[]): Promise<Tolerance> {
    const alone = copies(position, 1);
    const least = this.least(await this.#rowAt({ batch: alone, row: 0 }), alone).absolute;
    const spread = standOut * (await this.#spread(position, counts));
    const carried = await this.#carried(alone);
    const bound = spread > Math.max(least, carried) ? await this.#bound(alone) : 0;
    if (spread > bound && bound > 0)
      return measured(Math.max(bound, carried), 'the most that rounding of every pixel changes');
    if (spread > Math.max(least, carried)) {
      const batches = `batches of 1, ${counts.join(' and ')}`;
      return measured(spread, `${standOut} times what copies of the image differ by in ${batches}`);
    }
    if (carried > least) return measured(carried, 'what the last bits of its pixels change');
    return measured(least, 'rounding of the largest value of the row');
  }

  /**
   * Whether two places or counts give different rows for well-conditioned images, too: for each of some images of noise, by
   * more than one rounding per pixel. Undefined as soon as one does not show it.
   */
  async shownByNoise(one: RowOf, other: RowOf): Promise<NoisePair | undefined> {
    let first: NoisePair | undefined;
    for (let number = 0; number < noiseImages; number++) {
      const noise: Batch = { ...one.batch, count: 1, pattern: 'noise', seed: 7, rows: [number] };
      const pair = [one, other].map(({ batch, row }) => ({
        batch: copies({ batch: noise, row: 0 }, batch.count),
        row,
      }));
      const [here, there] = pair;
      if (!here || !there) return undefined;
      const rows = [await this.#rowAt(here), await this.#rowAt(there)] as const;
      const perPixel = (unit * (fewRoundings + areaOf(noise)) + this.#coarse) * scaleOf(rows[0]);
      if (distance(...rows) <= perPixel) return undefined;
      const allowed = perPixel + (await this.#carried(noise));
      if (distance(...rows) <= allowed) return undefined;
      first ??= {
        one: here,
        other: there,
        tolerance: measured(allowed, 'one rounding for each pixel of noise'),
      };
    }
    return first;
  }

  /** How far the rows of copies of an image lie from the row of the image alone. */
  async #spread(position: RowOf, counts: readonly number[]): Promise<number> {
    const alone = await this.#rowAt({ batch: copies(position, 1), row: 0 });
    let largest = 0;
    for (const count of new Set(counts)) {
      for (let row = 0; row < count; row++)
        largest = Math.max(
          largest,
          distance(alone, await this.#rowAt({ batch: copies(position, count), row })),
        );
    }
    return largest;
  }

  /** How far roundings of the pixels move the row of one image. */
  async #carried(alone: Batch): Promise<number> {
    const plain = await this.#rowAt({ batch: alone, row: 0 });
    const moved = await this.#rowAt({ batch: { ...alone, nudge }, row: 0 });
    return carriedRoundings * unit * (distance(plain, moved) / nudge);
  }

  /** What rounding may come to in sums over all pixels, by how far small errors move the row. */
  async #bound(alone: Batch): Promise<number> {
    const plain = await this.#rowAt({ batch: alone, row: 0 });
    let steepest = 0;
    for (const share of [nudge, ...smallerNudges]) {
      const moved = await this.#rowAt({ batch: { ...alone, nudge: share }, row: 0 });
      steepest = Math.max(steepest, distance(plain, moved) / share);
    }
    const roundings = unit * (fewRoundings + areaOf(alone)) + this.#coarse;
    return copiesStandOut * roundings * (scaleOf(plain) + steepest);
  }

  async #rowAt({ batch, row }: RowOf): Promise<Float32Array> {
    return rowOf(await this.#subject.call(batch, this.#args), row);
  }
}

/** Two rows of images of noise that differ by more than this. */
export type NoisePair = { readonly one: RowOf; readonly other: RowOf; readonly tolerance: Tolerance };

/** The image of one row, so many times. */
function copies({ batch, row }: RowOf, count: number): Batch {
  const image = imageNumbers(batch)[row] ?? 0;
  return { ...batch, count, rows: Array.from({ length: count }, () => image) };
}

/** The largest difference between two rows; NaN and infinity do not count, a check of their own is there for them. */
function distance(one: Float32Array, other: Float32Array): number {
  const by = differenceOf(one, other)?.by ?? 0;
  return Number.isFinite(by) ? by : 0;
}
