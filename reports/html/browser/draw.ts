import type { Batch } from '../../../harness/verdict/batch.js';

/** Pixels of a batch: count × height × width × 3 values in [0, 1]. */
export type Draw = (batch: Batch) => Float32Array;
