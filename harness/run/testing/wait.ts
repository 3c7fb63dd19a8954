/** Keeps this thread from anything for `ms` milliseconds, as a call of a slow model does. */
export function wait(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
