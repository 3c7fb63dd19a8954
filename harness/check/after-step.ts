import type { Call, ModelFacts, ModelPerturbation, Tensor } from '../engine/subject.js';
import { listedTrainable } from '../savedmodel/listed-trainable.js';
import { hasFiniteValues } from './numeric-rows.js';

/** Ends a finding of a call made after such a step. */
export const afterStepInWords = ', with other values of the trainable variables';

/**
 * Calls after the first, with such values, before what may draw counts as steady: a coin of one half is then overlooked once
 * in 65,000 times.
 */
export const drawsAfterStep = 16;

/**
 * The outputs of a call, made again and again in a row, once every trainable variable has another value than the stored one, as
 * after a step of training: a gate or a factor that is 0 when saved hides what lies behind it. Undefined where nothing can be
 * trained, or an output is not finite.
 */
export async function outputsAfterStep(
  subject: Pick<ModelFacts, 'model'> & Pick<ModelPerturbation, 'again'>,
  call: Call,
  times = 2,
): Promise<readonly [Tensor, Tensor, ...Tensor[]] | undefined> {
  const trainable = listedTrainable(subject.model);
  if (trainable.length === 0) return undefined;
  const outputs: Tensor[] = [];
  for await (const output of subject.again(call, new Map(trainable.map((variable) => [variable, 1])))) {
    outputs.push(output);
    if (outputs.length === times) break;
  }
  const [first, second, ...others] = outputs;
  return first && second && outputs.every(hasFiniteValues) ? [first, second, ...others] : undefined;
}
