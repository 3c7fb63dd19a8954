/** Formats of image files that examples may have. */
export const imageFormats = ['PNG', 'JPEG', 'WebP', 'BMP'] as const;

/** The format of an image file by how it begins, one that examples can't have included; undefined when it is none. */
export function imageFormatOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  return signatures.find(([, text, at]) => head.startsWith(text, at))?.[0];
}

const signatures: readonly (readonly [format: string, text: string, at: number])[] = [
  ['PNG', '\x89PNG\r\n\x1a\n', 0],
  ['JPEG', '\xff\xd8\xff', 0],
  ['WebP', 'WEBP', 8],
  ['BMP', 'BM', 0],
  ['GIF', 'GIF8', 0],
  ['TIFF', 'II*\0', 0],
  ['TIFF', 'MM\0*', 0],
  ['AVIF', 'ftypavif', 4],
  ['HEIC', 'ftypheic', 4],
  ['HEIC', 'ftypmif1', 4],
  ['JPEG XL', '\xff\x0a', 0],
  ['JPEG XL', 'JXL ', 4],
];
