/**
 * Answers for output that cannot be written, which would else end the process with a stack trace. Who closes a pipe, as
 * `head` does, has read enough: nothing is said, and the exit code stays. Any other fault of the standard output is told, and
 * `onLost` called. Where not even the standard error takes text, there is nobody to tell.
 */
export function guardOutput(
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
  onLost: () => void,
): void {
  let lost = false;
  stderr.on('error', () => undefined);
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || lost) return;
    lost = true;
    stderr.write(`The standard output cannot be written: ${error.message}\n`);
    onLost();
  });
}
