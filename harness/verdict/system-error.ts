/** An error of the operating system, as Node reports it: `code` is ENOENT, EACCES, ECONNREFUSED … */
export type SystemError = Error & { readonly code: string };

/** Whether an error is from the operating system. Any other is a bug, and must not be read as "it is not there". */
export function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return false;
  return /^E(?!RR_)/.test(error.code) || error.code === noPath;
}

/** For an impossible path, with a NUL in it. */
const noPath = 'ERR_INVALID_ARG_VALUE';

/** Undefined instead of an error of the operating system, such as a missing file. @throws any other error */
export function unlessSystemError(error: unknown): undefined {
  if (!isSystemError(error)) throw error;
}

/** What is read; undefined where the system does not have it, or not any more. @throws any other error */
export function existing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    return unlessSystemError(error);
  }
}

/**
 * Undefined where a path leads to nothing, or to something of another kind. @throws any other error: a file that may not be
 * read now, as its permissions, the disk or a limit forbid it, is no file that is missing
 */
export function unlessAbsent(error: unknown): undefined {
  if (!isSystemError(error) || !absent.includes(error.code)) throw error;
}

const absent: readonly string[] = [
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  // A device or pipe, and a file that is too large, as `readRegularFile` tells them.
  'EFTYPE',
  'EFBIG',
  noPath,
];
