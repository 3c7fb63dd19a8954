import type { Check, Conclusion } from '../../harness/check/check.js';
import { numberText } from '../../harness/check/compare.js';
import { batchFor } from '../../harness/check/settings/declared.js';
import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import { structureText } from '../../harness/check/structure-text.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import { unlessNotAccepted } from '../../harness/check/unless-not-accepted.js';
import type { Contract } from '../../harness/contract/contract.js';
import { lossFunctions } from '../../harness/engine/losses.js';
import type { Arguments, Call, ModelState, Tensor } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import { resolveEmptyCall } from '../../harness/savedmodel/call/resolve.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Finding } from '../../harness/verdict/run.js';
import { trainingArguments } from './training-function.js';

export const losses: Check = {
  id: 'variables/losses',
  level: 'must',
  demands:
    'Each of `regularization_losses` MUST be callable without arguments and MUST return one finite float32 scalar, the same each time; there MUST be as many as declared.',
  explain: {
    matters:
      "`hub.KerasLayer` adds these losses to the user's own. One that cannot be called, or is not a float32 scalar, stops training; one that depends on earlier images makes it go wrong.",
    decided:
      'There must be as many losses as the spec says, each with a concrete function that takes no tensor and returns one. Each is called and must return one finite float32 scalar. It is called again after a call of the model, and after one with `training=True`: the value must not change. It may depend on hyperparameters that were passed, at the values that every run tries, but not on the images or the number of calls.',
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
    const parts = unlessExcused(histories(contract), excuses, (calls) => changedAfter(calls, subject, first));
    for await (const { result: changed } of parts) if (changed) return failed(changed);
    for (const setting of settingsPassed(contract.hyperparameters)) {
      const changed = await unlessNotAccepted(() => changedWith(setting, subject, contract));
      if (changed) return failed(changed);
    }
    const warnings = sharedVariables(subject.model);
    return { status: 'pass', summary: summaryOf(first), cases: first.length, warnings };
  },
};

type Problem = Pick<Finding, 'where' | 'expected' | 'actual' | 'batch' | 'arguments'>;

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

function valueProblem({ dtype, shape, values }: Tensor, index: number): Problem | undefined {
  const [where, expected] = [`regularization_losses[${index}]`, 'one finite float32 scalar'];
  if (dtype !== 'float32' || shape.length > 0)
    return { where, expected, actual: `${dtype} [${shape.join(', ')}]` };
  return Number.isFinite(values[0]) ? undefined : { where, expected, actual: numberText(values[0]) };
}

/** A loss depends on the weights alone: no call may change it. */
async function changedAfter(
  calls: readonly Call[],
  subject: ModelState,
  first: readonly Tensor[],
): Promise<Problem | undefined> {
  const how = calls.length > 0 ? 'after a call' : 'a second time';
  return differenceBetween(first, await subject.lossesAfter(calls), how);
}

function differenceBetween(
  first: readonly Tensor[],
  again: readonly Tensor[],
  how: string,
): Problem | undefined {
  const index = again.findIndex(({ values }, place) => !Object.is(values[0], first[place]?.values[0]));
  if (index === -1) return undefined;
  return {
    where: `regularization_losses[${index}] ${how}`,
    expected: numberText(first[index]?.values[0]),
    actual: numberText(again[index]?.values[0]),
  };
}

/**
 * A call may keep a hyperparameter, such as the strength of a loss; then the loss depends on that alone: neither on the
 * images nor on how many calls there were.
 */
async function changedWith(
  setting: Arguments,
  subject: ModelState,
  contract: Contract,
): Promise<Problem | undefined> {
  const args = { ...trainingArguments(contract), ...setting };
  const batch = batchFor(contract);
  const call = { batch, args };
  const white = { ...call, batch: { ...batch, pattern: 'white' } } as const;
  const others = { 'one of white images': [white], 'two such calls': [call, call] };
  const usual = await subject.lossesAfter([call]);
  const wrong = usual.map(valueProblem).find((one) => one !== undefined);
  const after = `after a call with ${argumentsInWords(args)}`;
  if (wrong) return { ...wrong, where: `${wrong.where} ${after}`, batch, arguments: args };
  for (const [what, calls] of Object.entries(others)) {
    const changed = differenceBetween(usual, await subject.lossesAfter(calls), `${after}, and after ${what}`);
    if (changed) return { ...changed, batch, arguments: args };
  }
  return undefined;
}

function histories(contract: Contract): Call[][] {
  const [batch] = cornersOf(contract, 2).filter(({ pattern }) => pattern === 'noise');
  if (!batch) return [[]];
  const training = contract.fineTuning?.trainingArgument ? [[{ batch, args: { training: true } }]] : [];
  return [[], [{ batch }], ...training];
}

/** Weights that two losses read are decayed twice, by mistake as a rule. */
function sharedVariables(model: SavedModel): string[] {
  const readers = new Map<number, number[]>();
  for (const [index, { captures }] of lossFunctions(model).entries())
    for (const nodeId of captures) readers.set(nodeId, [...(readers.get(nodeId) ?? []), index]);
  return model.variables.flatMap(({ nodeId, path, name }) => {
    const losses = readers.get(nodeId) ?? [];
    if (losses.length < 2) return [];
    const places = losses.map((index) => `regularization_losses[${index}]`).join(' and ');
    return [`${places} read the same variable, ${path || name}.`];
  });
}

function summaryOf(losses: readonly Tensor[]): string {
  if (losses.length === 0) return 'none, as declared';
  const total = losses.reduce((sum, { values }) => sum + (values[0] ?? Number.NaN), 0);
  return `${losses.length} finite float32 scalar${losses.length === 1 ? '' : 's'}, ${numberText(total)} in all`;
}
