/** A segment of a JPEG: its marker and what follows the length. */
export type Segment = {
  readonly marker: number;
  readonly data: Uint8Array;
  /** As written; left out, the right one. */
  readonly length?: number;
};

/** The segments before the picture's data, and that data with all that follows. */
export function segmentsOf(file: Uint8Array): {
  readonly segments: readonly Segment[];
  readonly rest: Uint8Array;
} {
  const segments: Segment[] = [];
  const view = Buffer.from(file);
  let at = 2;
  while (view[at] === 0xff && view[at + 1] !== 0xda) {
    const length = view.readUInt16BE(at + 2);
    segments.push({ marker: view[at + 1] ?? 0, data: view.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
  }
  return { segments, rest: view.subarray(at) };
}

export function jpegOf(segments: readonly Segment[], rest: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(0xff, 0xd8), ...segments.map(bytesOf), rest]);
}

function bytesOf({ marker, data, length = data.length + 2 }: Segment): Uint8Array {
  return Buffer.concat([Buffer.of(0xff, marker, (length >> 8) & 0xff, length & 0xff), data]);
}

/** Whether a marker begins the header of a frame, which has the size. */
export function isFrame({ marker }: Segment): boolean {
  return marker >= 0xc0 && marker <= 0xc3;
}
