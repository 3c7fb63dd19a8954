import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** With it, opening a pipe that nobody writes to does not wait. */
export const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a file that somebody named: of a regular one, as a device or a pipe may never end.
 * @throws SystemError, of the code EISDIR for a folder, EFTYPE for a device or pipe, and EFBIG for a file of more bytes
 */
export function readRegularFile(file: string, maxBytes: number): Buffer {
  const descriptor = openSync(file, withoutWaiting);
  try {
    const found = fstatSync(descriptor);
    if (found.isDirectory()) throw failure('EISDIR', `${file} is a folder`);
    if (!found.isFile()) throw failure('EFTYPE', `${file} is not a regular file`);
    const chunks: Buffer[] = [];
    for (let size = 0; size <= maxBytes; ) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const read = readSync(descriptor, chunk);
      if (read === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, read));
      size += read;
    }
    throw failure('EFBIG', `${file} has more than ${maxBytes} bytes`);
  } finally {
    closeSync(descriptor);
  }
}

const chunkBytes = 2 ** 20;

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
