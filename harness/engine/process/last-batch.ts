import { pixelsOf } from '../../images/pixels.js';
import type { Batch } from '../../verdict/batch.js';

/** Numbers of a batch that is kept, at most: 16 MB. */
const maxNumbers = 2 ** 22;

/** The pixels of the batch that was made last: many calls in a row are made with one, and painting takes longer than copying. */
export class LastBatch {
  #name = '';
  #pixels = new Float32Array();

  /** A copy, as a model may write into the memory that it is fed. @throws RangeError like `pixelsOf` of images */
  pixelsOf(batch: Batch): Float32Array {
    const name = JSON.stringify(batch);
    if (name === this.#name) return this.#pixels.slice();
    const pixels = pixelsOf(batch);
    if (pixels.length <= maxNumbers) [this.#name, this.#pixels] = [name, pixels.slice()];
    return pixels;
  }
}
