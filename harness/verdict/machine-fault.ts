import { isSystemError, type SystemError } from './system-error.js';
import { UserError } from './user-error.js';

/** The machine refused something, such as a file: never a fact about a model. */
export class MachineFault extends UserError {}

/** An error of the operating system in words, with what may help. Any other error stays as it is. */
export function inMachineWords(error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const { path, code } = error as SystemError & { readonly path?: string };
  const done = doneBy(error);
  const why = code === 'ENOENT' && done === 'read' ? 'it is gone' : whyRefused(code);
  const message = `${path ?? 'A file'} cannot be ${done}: ${why}.`;
  return new MachineFault(message, remedies[code] ?? '', { cause: error });
}

/** Why the system refuses something, in a few words. */
export function whyRefused(code: string): string {
  return reasons[code] ?? `the system refuses it (${code})`;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
  EISDIR: 'a folder of that name is in the way',
  ENOENT: 'no folder can be made there',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links form a loop',
  EIO: 'the disk does not respond',
  EFBIG: 'no file may be that large',
  EMFILE: 'too few open files are allowed',
  ENFILE: 'too few open files are allowed',
  ENOMEM: 'there is too little memory',
  EAGAIN: 'too few processes are allowed',
};

const space = 'Free some space, or set TMPDIR to a folder on another disk.';
const permission = 'Change its permissions, or run assay as a user who has them.';
const files = 'Raise the limit, as with: ulimit -n 1024';

const remedies: Readonly<Record<string, string>> = {
  EACCES: permission,
  EPERM: permission,
  EROFS: 'Set TMPDIR to a folder that you can write to.',
  ENOSPC: space,
  EDQUOT: space,
  ENOENT: 'Run it again while nothing removes files that it uses.',
  EFBIG: 'Raise the limit, as with: ulimit -f unlimited',
  EMFILE: files,
  ENFILE: files,
  ENOMEM: 'Raise the limit, as with: ulimit -v unlimited',
  EAGAIN: 'Raise the limit, as with: ulimit -u unlimited',
};

function doneBy({ syscall = '' }: NodeJS.ErrnoException): string {
  if (syscall.startsWith('spawn')) return 'started';
  if (/^(write|rename|copyfile|ftruncate)$/.test(syscall)) return 'written';
  if (/^(mkdir|mkdtemp|symlink)$/.test(syscall)) return 'made';
  return 'read';
}
