/**
 * Handles output that cannot be written, which would otherwise end the process with a stack trace. A closed pipe, as
 * by `head`, is ignored, and the exit code stays. Any other error of the standard output is reported, and
 * `onLost` called. Errors of the standard error are ignored.
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
