import type { Batch } from '../../../harness/verdict/batch.js';
import type { Draw } from './draw.js';
import { element } from './elements/dom.js';

const maxImages = 8;
const maxPixels = 4_000_000;
/** Longest side on the page, in CSS pixels. */
const side = 144;

/** The images of a batch, the first few of many; none when they are too large to draw here. */
export function drawBatch(batch: Batch, draw: Draw): HTMLElement[] {
  const count = Math.min(batch.count, maxImages);
  if (batch.height * batch.width === 0 || batch.height * batch.width * count > maxPixels) return [];
  const rows = batch.rows?.slice(0, count);
  const pixels = draw({ ...batch, count, ...(rows ? { rows } : {}) });
  const length = batch.height * batch.width * 3;
  return Array.from({ length: count }, (_, at) =>
    canvas(batch, pixels.subarray(at * length, (at + 1) * length), at),
  );
}

function canvas({ height, width, pattern }: Batch, pixels: Float32Array, at: number): HTMLCanvasElement {
  const label = `Image ${at + 1}: ${pattern}, ${height}×${width}`;
  const made = element('canvas', { width, height, role: 'img', 'aria-label': label, title: label });
  const scale = side / Math.max(height, width);
  made.style.width = `${Math.max(2, width * scale)}px`;
  made.style.height = `${Math.max(2, height * scale)}px`;
  made.getContext('2d')?.putImageData(new ImageData(rgba(pixels), width, height), 0, 0);
  return made;
}

/** Three values in [0, 1] per pixel to four bytes. */
function rgba(pixels: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray((pixels.length / 3) * 4).fill(255);
  pixels.forEach((value, at) => {
    bytes[Math.floor(at / 3) * 4 + (at % 3)] = value * 255;
  });
  return bytes;
}
