/** Pixels. */
export type Size = { readonly height: number; readonly width: number };

/** Pixels of one image. */
export function areaOf({ height, width }: Size): number {
  return height * width;
}

/** Pixels of all images of a batch. */
export function pixelsIn(batch: Size & { readonly count: number }): number {
  return batch.count * areaOf(batch);
}

/** Whether images have this height and width. */
export function isOfSize(images: Size, { height, width }: Size): boolean {
  return images.height === height && images.width === width;
}
