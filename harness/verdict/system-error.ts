/** What the operating system refused, as Node reports it: `code` is ENOENT, EACCES, ECONNREFUSED … */
export type SystemError = Error & { readonly code: string };

/** Whether the operating system refused: no bug of ours, which must not be taken for "it is not there". */
export function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return false;
  return /^E(?!RR_)/.test(error.code) || error.code === noPath;
}

/** For a path that none can have, with a NUL in it. */
const noPath = 'ERR_INVALID_ARG_VALUE';

/** Undefined in place of what the system does not give, such as a file that is not there. @throws any other error */
export function unlessSystemError(error: unknown): undefined {
  if (!isSystemError(error)) throw error;
}
