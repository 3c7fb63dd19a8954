import pidusage from 'pidusage';
import { EngineError } from './failures.js';

const intervalMs = 150;

/**
 * Watches the resident memory of a process and reports once when it passes the limit.
 * Returns a function that ends the watch.
 */
export function guardMemory(
  pid: number | undefined,
  limitBytes: number,
  exceeded: (error: EngineError) => void,
): () => void {
  if (pid === undefined) return () => undefined;
  const timer = setInterval(async () => {
    const bytes = await residentBytes(pid);
    if (bytes <= limitBytes) return;
    clearInterval(timer);
    exceeded(
      new EngineError(
        'memory',
        `The model used ${gib(bytes)} of memory; the spec's limit is ${gib(limitBytes)}.`,
      ),
    );
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** 0 when the process is gone or can't be measured. */
async function residentBytes(pid: number): Promise<number> {
  try {
    return (await pidusage(pid)).memory;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return 0;
  }
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}
