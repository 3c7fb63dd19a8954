import pidusage from 'pidusage';
import { EngineError } from './failures.js';
import { familyOf } from './family.js';

const intervalMs = 150;

/**
 * Watches the resident memory of a process and reports once when it passes the limit; `seen` gets each measurement.
 * Returns a function that ends the watch.
 */
export function guardMemory(
  pid: number | undefined,
  limitBytes: number,
  exceeded: (error: EngineError) => void,
  seen: (bytes: number) => void = () => undefined,
): () => void {
  if (pid === undefined) return () => undefined;
  const timer = setInterval(async () => {
    const bytes = await residentBytes(pid);
    seen(bytes);
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

/** Of the process and those it started, such as what runs within bubblewrap; 0 when it is gone or can't be measured. */
async function residentBytes(pid: number): Promise<number> {
  try {
    const used = await pidusage([...familyOf(pid)]);
    return Object.values(used).reduce((sum, one) => sum + (one?.memory ?? 0), 0);
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return 0;
  }
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}
