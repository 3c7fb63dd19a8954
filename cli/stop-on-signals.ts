const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A first Ctrl-C, or closing the terminal, lets the work clean up; a second one ends the process at once. */
export function stopOnSignals(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  // Not `once`: a library that cleans up at exit ends the process as soon as it finds no listener but its own.
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error('stopped'));
  };
  for (const signal of signals) process.on(signal, stop);
  const end = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  return { signal: controller.signal, end };
}
