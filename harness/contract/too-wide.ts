/** Within more than this share of the largest output, other images look the same. */
export const widestShare = 0.1;

/** Whether a tolerance would hide any difference between outputs of this scale. */
export function isTooWide(
  { absolute, relative }: { readonly absolute: number; readonly relative: number },
  scale: number,
): boolean {
  return scale !== 0 && !(absolute + relative * scale <= widestShare * scale);
}
