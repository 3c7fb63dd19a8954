import type { Contract } from '../contract/contract.js';
import type { Arguments } from '../engine/subject.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';

/** For checks that compare with `training=False`: the model or the spec must have the argument. */
export function takesTraining(contract: Contract, model: SavedModel): true | string {
  if (contract.fineTuning?.trainingArgument) return true;
  const offered = namedEndpoint(model, contract)?.parameters.some(({ name }) => name === 'training');
  return offered || 'The call has no argument named training.';
}

/** For checks of training: the spec must declare the argument. */
export function declaresTraining(contract: Contract): true | string {
  return contract.fineTuning?.trainingArgument || 'The spec declares no training argument.';
}

/** Without `training` and, where the spec declares it, with each of its values. */
export function trainingModes({ fineTuning }: Contract): readonly Arguments[] {
  return fineTuning?.trainingArgument ? [{}, { training: false }, { training: true }] : [{}];
}
