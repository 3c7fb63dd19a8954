import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Runtime } from '../harness/engine/runtime/runtime-found.js';
import type { Io } from './io.js';
import { progressDisplay } from './preparation-progress.js';

/** The runtime, prepared now if it is not yet, with its progress shown. @throws RuntimeUnavailable */
export async function prepared(
  version: string | undefined,
  io: Pick<Io, 'stderr'>,
  signal: AbortSignal,
): Promise<Runtime> {
  const display = progressDisplay(io.stderr);
  try {
    return await ensureRuntime({ version, onProgress: display.show, signal });
  } finally {
    display.end();
  }
}
