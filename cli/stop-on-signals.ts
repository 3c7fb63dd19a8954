/** A first Ctrl-C lets the work clear up after itself; a second one ends the process at once. */
export function stopOnSignals(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  // Not `once`: a library that cleans up at exit ends the process as soon as it finds no listener but its own.
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error('stopped'));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const end = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
  return { signal: controller.signal, end };
}
