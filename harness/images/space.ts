import type { Contract, SizeRange } from '../contract/contract.js';
import type { Batch } from '../verdict/batch.js';

/** Which batches a property draws from. */
export type BatchSpace = {
  readonly height: SizeRange;
  readonly width: SizeRange;
  /** Pixels of one call, at most; a single image may use all of them. */
  readonly pixelsPerCall: number;
  /** Images of one batch, at least; 1 unless a property needs several. */
  readonly minCount: number;
};

/** The batches that a contract allows; the smallest is allowed whatever the limits say. */
export function spaceOf(contract: Contract, minCount = 1): BatchSpace {
  const { height, width } = contract.imageSize;
  const pixelsPerCall = Math.max(contract.limits.pixelsPerCall, height.min * width.min * minCount);
  return { height, width, pixelsPerCall, minCount };
}

/** True when a batch of this size may be run at all. */
export function affordable(space: BatchSpace, height: number, width: number): boolean {
  return height * width * space.minCount <= space.pixelsPerCall;
}

/** True when a batch may be drawn from a space: its size, its number of images and their pixels together. */
export function allowsBatch(space: BatchSpace, { count, height, width, rows }: Batch): boolean {
  const fits = allowsSize(space, { height, width });
  const whole = rows === undefined || rows.length === count;
  return fits && whole && count >= space.minCount && count * height * width <= space.pixelsPerCall;
}

/** True when images of such a size are documented; a side that is null may be any. */
export function allowsSize(
  documented: Pick<BatchSpace, 'height' | 'width'>,
  { height, width }: { readonly height: number | null; readonly width: number | null },
): boolean {
  return (
    isIn(documented.height, height ?? documented.height.min) &&
    isIn(documented.width, width ?? documented.width.min)
  );
}

function isIn({ min, max, step }: SizeRange, size: number): boolean {
  return size >= min && size <= max && (size - min) % step === 0;
}
