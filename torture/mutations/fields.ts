import { type Field, tag } from './wire.js';

export function isVarint({ wire }: Field): boolean {
  return wire === 0;
}

export function hasLength({ wire }: Field): boolean {
  return wire === 2;
}

export function isSmall({ start, end }: Field): boolean {
  return end - start <= 64;
}

export function isName(field: Field, file: Uint8Array): boolean {
  const length = field.end - field.valueStart;
  if (field.wire !== 2 || length < 2 || length > 200) return false;
  return contentOf(file, field).every((byte) => byte >= 0x20 && byte < 0x7f);
}

export function bytesOf(file: Uint8Array, { start, end }: Field): Uint8Array {
  return file.subarray(start, end);
}

export function contentOf(file: Uint8Array, { valueStart, end }: Field): Uint8Array {
  return file.subarray(valueStart, end);
}

/** Length and value, without the tag. */
export function afterTag(file: Uint8Array, field: Field): Uint8Array {
  return file.subarray(field.start + tag(field.number, field.wire).length, field.end);
}
