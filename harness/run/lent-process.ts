const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs code that changes this process, as vitest does, and restores the exit code and the environment
 * afterwards.
 */
export async function lendProcess<T>(use: () => Promise<T>): Promise<T> {
  const { exitCode } = process;
  const before = new Set(Object.keys(process.env));
  try {
    return await use();
  } finally {
    process.exitCode = exitCode;
    for (const name of Object.keys(process.env)) if (!before.has(name)) delete process.env[name];
  }
}

/** Removes the listeners that would end the process at Ctrl-C, since we still have reports to write. */
export async function leavingSignals<T>(create: () => Promise<T>): Promise<T> {
  const ours = signals.map((signal) => process.listeners(signal));
  const created = await create();
  signals.forEach((signal, index) => {
    for (const listener of process.listeners(signal)) {
      if (!ours[index]?.includes(listener)) process.off(signal, listener);
    }
  });
  return created;
}
