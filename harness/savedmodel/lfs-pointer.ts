/** Git LFS leaves this text in place of a large file that was not fetched. */
const start = 'version https://git-lfs';

export function isLfsPointer(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, start.length)) === start;
}
