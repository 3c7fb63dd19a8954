import type { Call, ModelFacts, ModelPerturbation, Tensor } from '../engine/subject.js';
import { listedTrainable } from '../savedmodel/listed-trainable.js';
import { hasFiniteValues } from './numeric-rows.js';

/** Ends a finding of a call made after such a step. */
export const afterStepInWords = ', with other values of the trainable variables';

/**
 * The output of a call, twice in a row, once every trainable variable has another value than the stored one, as after a
 * step of training: a gate or a factor that is 0 when saved hides what lies behind it. Undefined where nothing can be
 * trained, or an output is not finite.
 */
export async function twiceAfterStep(
  subject: Pick<ModelFacts, 'model'> & Pick<ModelPerturbation, 'again'>,
  call: Call,
): Promise<readonly [Tensor, Tensor] | undefined> {
  const trainable = listedTrainable(subject.model);
  if (trainable.length === 0) return undefined;
  const outputs: Tensor[] = [];
  for await (const output of subject.again(call, new Map(trainable.map((variable) => [variable, 1])))) {
    outputs.push(output);
    if (outputs.length === 2) break;
  }
  const [first, second] = outputs;
  return first && second && outputs.every(hasFiniteValues) ? [first, second] : undefined;
}
