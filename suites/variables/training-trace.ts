import type { Contract } from '../../harness/contract/contract.js';
import { resolveCall } from '../../harness/savedmodel/resolve.js';
import type { SavedModel, Trace } from '../../harness/savedmodel/saved-model.js';
import { imagesOf } from '../signature/arguments.js';
import { endpointOf } from '../signature/endpoint.js';

/** The trace that a training step runs: with `training=True` where the spec declares the argument, else the default one. */
export function trainingTrace(model: SavedModel, contract: Contract): Trace | undefined {
  const endpoint = endpointOf(model, contract);
  const args = contract.fineTuning?.trainingArgument ? { training: true } : {};
  for (const trace of endpoint?.traces ?? []) {
    const images = imagesFor(trace);
    const resolution = endpoint && images && resolveCall(endpoint, images, args);
    if (resolution?.kind === 'trace') return resolution.trace;
  }
  return undefined;
}

/** Images that fit a trace. */
export function imagesFor(trace: Trace) {
  const value = imagesOf(trace);
  if (value?.kind !== 'tensor') return undefined;
  return { dtype: value.dtype, shape: (value.shape ?? [1, 32, 32, 3]).map((size) => size ?? 32) };
}
