import type { Check, Conclusion } from '../../harness/check/check.js';
import { numberText } from '../../harness/check/compare.js';
import { structureText } from '../../harness/check/structure-text.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Tensor } from '../../harness/engine/subject.js';
import { resolveEmptyCall } from '../../harness/savedmodel/call/resolve.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { changesByCalls, type Problem, valueProblem } from './loss-changes.js';
import { repeatedLosses } from './repeated-losses.js';

export const losses: Check = {
  id: 'variables/losses',
  level: 'must',
  demands:
    'Each of `regularization_losses` MUST be callable without arguments and MUST return one finite float32 scalar, the same each time; there MUST be as many as declared.',
  explain: {
    matters:
      "`hub.KerasLayer` adds these losses to the user's own. One that cannot be called, or is not a float32 scalar, stops training; one that depends on earlier images makes it go wrong.",
    decided:
      'There must be as many losses as the spec says, each with a concrete function that takes no tensor and returns one. Each is called and must return one finite float32 scalar. It is called again after a call of the model, and after one with `training=True`: the value must not change. Where training writes to what a loss reads, so it must not after 130 such calls, or with perturbed weights. Where a loss has random operations, it is called 17 times with perturbed weights, too. It may depend on hyperparameters that were passed, at the values that every run tries, but not on the images or the number of calls. A warning tells of losses that read the same variable and seem to be one: the same function, the same operations on the same variables, or the same value other than 0.',
    calls:
      'Two, at inference and in training, with all losses read after each. One for each setting of the hyperparameters, and 130 where training writes to what a loss reads.',
    fix: 'Set `regularization_losses` of the root before saving to a list of functions made with `@tf.function(input_signature=[])`, each returning a scalar from the weights alone, such as `1e-4 * tf.nn.l2_loss(self.kernel)`.',
  },
  promisedBy: ['fine_tuning.regularization_losses', 'fine_tuning'],
  applies: ({ fineTuning }, model) =>
    fineTuning !== undefined ||
    model.losses !== undefined ||
    'The spec declares no fine-tuning, and the model has no losses.',
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    const problem = countProblem(subject.model, contract) ?? callableProblem(subject.model);
    if (problem) return failed(problem);
    const first = await subject.lossesAfter([]);
    const wrong = first.map(valueProblem).find((one) => one !== undefined);
    if (wrong) return failed(wrong);
    for await (const changed of changesByCalls(subject, contract, excuses, first)) return failed(changed);
    const warnings = repeatedLosses(subject.model, first);
    return { status: 'pass', summary: summaryOf(first), cases: first.length, warnings };
  },
};

function failed(finding: Problem): Conclusion {
  return { status: 'fail', finding };
}

function countProblem({ losses: listed = [] }: SavedModel, { fineTuning }: Contract): Problem | undefined {
  const declared = fineTuning?.regularizationLosses ?? 'any';
  if (declared === 'any' || declared === listed.length) return undefined;
  return {
    where: 'regularization_losses',
    expected: `${declared} losses, as declared`,
    actual: `${listed.length}`,
  };
}

function callableProblem({ losses: listed = [] }: SavedModel): Problem | undefined {
  for (const [index, loss] of listed.entries()) {
    const where = `regularization_losses[${index}]`;
    if (loss.kind === 'other') return { where, expected: 'a function', actual: loss.what };
    const call = resolveEmptyCall(loss.endpoint);
    if (call.kind === 'refused')
      return { where, expected: 'a loss that can be called as `loss()`', actual: call.message };
    if (call.tensors.length > 0)
      return { where, expected: 'a concrete function without tensors', actual: 'one that takes tensors' };
    const { output } = call.concreteFunction;
    if (output.kind !== 'tensor')
      return { where, expected: 'one finite float32 scalar', actual: structureText(output) };
  }
  return undefined;
}

function summaryOf(losses: readonly Tensor[]): string {
  if (losses.length === 0) return 'none, as declared';
  const total = losses.reduce((sum, { values }) => sum + (values[0] ?? Number.NaN), 0);
  return `${losses.length} finite float32 scalar${losses.length === 1 ? '' : 's'}, ${numberText(total)} in all`;
}
