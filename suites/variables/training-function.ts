import { matchingImages } from '../../harness/check/images-argument.js';
import { settingsOf } from '../../harness/check/settings/values.js';
import type { Contract } from '../../harness/contract/contract.js';
import { pythonArguments } from '../../harness/engine/resolution.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { resolveCall } from '../../harness/savedmodel/call/resolve.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { ConcreteFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';

/**
 * The concrete functions that training steps run: with `training=True` where the spec declares the argument, and any of
 * the declared hyperparameters. The one for the defaults comes first.
 */
export function trainingFunctions(model: SavedModel, contract: Contract): ReadonlySet<ConcreteFunction> {
  const settings = settingsOf(contract.hyperparameters);
  return new Set(settings.flatMap((setting) => concreteFunctionsFor(model, contract, setting)));
}

/** For images of each kind that a concrete function takes. */
function concreteFunctionsFor(model: SavedModel, contract: Contract, setting: Arguments): ConcreteFunction[] {
  const endpoint = namedEndpoint(model, contract);
  const args = { ...trainingArguments(contract), ...setting };
  return (endpoint?.concreteFunctions ?? []).flatMap((concreteFunction) => {
    const images = matchingImages(concreteFunction);
    const resolution = endpoint && images && resolveCall(endpoint, images, pythonArguments(args, contract));
    return resolution?.kind === 'found' ? [resolution.concreteFunction] : [];
  });
}

/** What fine-tuning passes besides hyperparameters. */
export function trainingArguments({ fineTuning }: Contract): Arguments {
  return fineTuning?.trainingArgument ? { training: true } : {};
}
