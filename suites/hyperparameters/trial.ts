import type { Arguments } from '../../harness/engine/subject.js';
import type { Batch } from '../../harness/verdict/batch.js';

/** A batch and the hyperparameters to call it with; `training` is left open. */
export type Trial = { readonly batch: Batch; readonly values: Arguments };
