import type { Contract } from '../../harness/contract/contract.js';
import { pythonArguments } from '../../harness/engine/preparation.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { resolveCall } from '../../harness/savedmodel/resolve.js';
import type { SavedModel, Trace } from '../../harness/savedmodel/saved-model.js';
import { settingsOf } from '../hyperparameters/values.js';
import { imagesFor } from '../signature/arguments.js';
import { endpointOf } from '../signature/endpoint.js';

/**
 * The traces that training steps run: with `training=True` where the spec declares the argument, and any of the declared
 * hyperparameters. That of the defaults comes first.
 */
export function trainingTraces(model: SavedModel, contract: Contract): ReadonlySet<Trace> {
  const settings = settingsOf(contract.hyperparameters);
  return new Set(settings.flatMap((setting) => tracesFor(model, contract, setting)));
}

/** For images of each kind that a trace takes. */
function tracesFor(model: SavedModel, contract: Contract, setting: Arguments): Trace[] {
  const endpoint = endpointOf(model, contract);
  const args = { ...(contract.fineTuning?.trainingArgument ? { training: true } : {}), ...setting };
  return (endpoint?.traces ?? []).flatMap((trace) => {
    const images = imagesFor(trace);
    const resolution = endpoint && images && resolveCall(endpoint, images, pythonArguments(args, contract));
    return resolution?.kind === 'trace' ? [resolution.trace] : [];
  });
}
