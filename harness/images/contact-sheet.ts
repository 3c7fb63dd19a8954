import { encode } from 'fast-png';
import type { Batch } from '../verdict/batch.js';
import { imageNumbers, pixelsOf } from './pixels.js';

const maxImages = 16;
/** Side in pixels to which small images are enlarged, by whole factors. */
const side = 128;
const gap = 2;

/**
 * The images of a batch as a PNG for people: the first sixteen in a grid, small ones enlarged.
 * Undefined where there is nothing to see.
 */
export function contactSheet(batch: Batch): Uint8Array | undefined {
  const count = Math.min(batch.count, maxImages);
  if (count * batch.height * batch.width === 0) return undefined;
  const rows = imageNumbers(batch).slice(0, count);
  const pixels = pixelsOf({ ...batch, count, rows });
  const scale = Math.max(1, Math.floor(side / Math.max(batch.height, batch.width)));
  const [height, width] = [batch.height * scale, batch.width * scale];
  const columns = Math.ceil(Math.sqrt(count));
  const sheet = {
    width: columns * (width + gap) - gap,
    height: Math.ceil(count / columns) * (height + gap) - gap,
    channels: 4 as const,
    depth: 8 as const,
  };
  const data = new Uint8Array(sheet.width * sheet.height * 4);
  for (let image = 0; image < count; image++) {
    const [top, left] = [Math.floor(image / columns) * (height + gap), (image % columns) * (width + gap)];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const row = image * batch.height + Math.floor(y / scale);
        const from = (row * batch.width + Math.floor(x / scale)) * 3;
        const to = ((top + y) * sheet.width + left + x) * 4;
        for (let c = 0; c < 3; c++) data[to + c] = Math.round((pixels[from + c] ?? 0) * 255);
        data[to + 3] = 255;
      }
    }
  }
  return encode({ ...sheet, data });
}
