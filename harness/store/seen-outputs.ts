import type { FailedOutputs } from '../run/failed-outputs.js';
import type { Progress } from '../run/progress.js';

/** In bytes, of all models of a run together. */
const maxBytes = 64 * 2 ** 20;

/** The outputs that failed checks hand over while a run goes on, as many as fit. */
export class SeenOutputs {
  readonly #seen = new Map<string, FailedOutputs>();
  #left = maxBytes;

  take(progress: Progress): void {
    if (progress.kind !== 'check-decided' || !progress.outputs) return;
    const bytes = progress.outputs.reduce((sum, { values }) => sum + values.byteLength, 0);
    if (bytes > this.#left) return;
    this.#left -= bytes;
    this.#seen.set(keyOf(progress.spec, progress.result.id), progress.outputs);
  }

  of(spec: string, check: string): FailedOutputs | undefined {
    return this.#seen.get(keyOf(spec, check));
  }
}

/** No id of a check has a NUL, and no path. */
function keyOf(spec: string, check: string): string {
  return `${check}\0${spec}`;
}
