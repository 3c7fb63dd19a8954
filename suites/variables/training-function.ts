import { matchingImages } from '../../harness/check/images-argument.js';
import { documentedImages } from '../../harness/check/reachable-calls.js';
import { settingsOf } from '../../harness/check/settings/values.js';
import type { Contract } from '../../harness/contract/contract.js';
import { pythonArguments } from '../../harness/engine/resolution.js';
import type { Arguments } from '../../harness/engine/subject.js';
import type { ImagesSpec } from '../../harness/savedmodel/call/argument-value.js';
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

/** The same, for images of each documented kind by themselves; those that run the same once. */
export function trainingFunctionsByImages(
  model: SavedModel,
  contract: Contract,
): readonly ReadonlySet<ConcreteFunction>[] {
  const endpoint = namedEndpoint(model, contract);
  const settings = settingsOf(contract.hyperparameters);
  const groups = (endpoint ? documentedImages(endpoint, contract) : []).map((images) =>
    settings.flatMap((setting) => functionFor(model, contract, images, setting) ?? []),
  );
  const named = (group: readonly ConcreteFunction[]) => group.map((one) => one.functionName).join();
  return [...new Map(groups.map((group) => [named(group), new Set(group)])).values()];
}

/** For images of each kind that a concrete function takes. */
function concreteFunctionsFor(model: SavedModel, contract: Contract, setting: Arguments): ConcreteFunction[] {
  return (namedEndpoint(model, contract)?.concreteFunctions ?? []).flatMap((concreteFunction) => {
    const images = matchingImages(concreteFunction);
    return (images && functionFor(model, contract, images, setting)) ?? [];
  });
}

function functionFor(
  model: SavedModel,
  contract: Contract,
  images: ImagesSpec,
  setting: Arguments,
): ConcreteFunction | undefined {
  const endpoint = namedEndpoint(model, contract);
  const args = pythonArguments({ ...trainingArguments(contract), ...setting }, contract);
  const resolution = endpoint && resolveCall(endpoint, images, args);
  return resolution?.kind === 'found' ? resolution.concreteFunction : undefined;
}

/** What fine-tuning passes besides hyperparameters. */
export function trainingArguments({ fineTuning }: Contract): Arguments {
  return fineTuning?.trainingArgument ? { training: true } : {};
}
