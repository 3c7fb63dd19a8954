import type { Check, Conclusion } from '../../harness/check/check.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Contract, TrainingEffect } from '../../harness/contract/contract.js';
import type { Subject } from '../../harness/engine/subject.js';
import type { ConcreteFunction } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { missingBatchNorm } from './effects/batch-norm.js';
import { effectBatches, sizesText } from './effects/calls.js';
import { differsFromInference, unpromised } from './effects/difference.js';
import type { Missing } from './effects/missing.js';
import { missingRandomness, missingSources } from './effects/randomness.js';

/** Effects of which each draws random numbers in training. */
const random: readonly TrainingEffect[] = ['dropout', 'stochastic-depth', 'augmentation', 'noise'];

export const hasEffect: Check = {
  id: 'training/has-effect',
  level: 'should',
  demands:
    'Training SHOULD have each effect that the spec names, and SHOULD NOT have any where the spec says that there is none.',
  explain: {
    matters:
      'If dropout, augmentation or batch normalization were lost in the export, fine-tuning runs without them, and the user gets no warning.',
    decided:
      'Each effect is tested separately, at the smallest, the largest and a size in between. Where these and others run several functions, one of each is among them, and each function must have the effect. It may show with the defaults or with other values of hyperparameters. `batch-norm`: a training call changes a moving average, and rows depend on the other images of the batch: the graph must show that it is not random numbers alone that change them. `dropout`, `stochastic-depth`, `augmentation` and `noise`: two training calls in a row differ, and the graph draws random numbers for each of these effects. `other`: training and inference differ. `[]`: they do not, and no variable changes.',
    calls:
      'Two or three at each of three sizes, for each declared effect: an effect may be lost at one size. Up to eight settings of hyperparameters are tried where the defaults show none.',
    fix: 'Pass `training` on to every layer, as in `self.model(images, training=training)`, and trace both values. Preprocessing layers such as augmentation must be part of the exported call. Name under `training_effects` what training changes.',
  },
  promisedBy: ['fine_tuning.training_effects', 'fine_tuning'],
  applies: ({ fineTuning }) => {
    if (!fineTuning?.trainingArgument) return 'The spec declares no training argument.';
    return fineTuning.trainingEffects !== undefined || 'The spec does not say what training changes.';
  },
  comparisons: 'unrecorded',
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    const effects = contract.fineTuning?.trainingEffects ?? [];
    const batches: Batch[] = [];
    const parts = unlessExcused(effectBatches(subject.model, contract), excuses, (batch) =>
      callBothWays(subject, batch),
    );
    for await (const { item } of parts) batches.push(item);
    if (effects.length > 0) return concluded(subject, contract, effects, batches);
    const missing = await unpromised(subject, contract, batches);
    return missing === undefined ? found(effects, batches) : lost(missing, batches);
  },
};

/** @throws what shows that nothing can be compared at this size */
async function callBothWays(subject: Subject, batch: Batch): Promise<void> {
  for (const training of [true, false]) await numericRows(subject, { batch, args: { training } });
}

/** What shows at some size may still be lost in the concrete function that other sizes run. */
async function concluded(
  subject: Subject,
  contract: Contract,
  effects: readonly TrainingEffect[],
  batches: readonly Batch[],
): Promise<Conclusion> {
  const anywhere = await missingIn(subject, contract, effects, batches);
  if (anywhere) return lost(anywhere, batches);
  const groups = byFunction(subject, batches);
  for (const group of groups.length > 1 ? groups : []) {
    const missing =
      (effects.includes('batch-norm') ? await missingBatchNorm(subject, contract, group) : undefined) ??
      missingSources(subject, contract, randomOf(effects), group);
    if (missing) return lost(missing, group);
  }
  return found(effects, batches);
}

/** The batches of each concrete function that training runs with the defaults. */
function byFunction(subject: Subject, batches: readonly Batch[]): readonly (readonly Batch[])[] {
  const groups = new Map<ConcreteFunction, Batch[]>();
  for (const batch of batches) {
    const concreteFunction = subject.concreteFunctionFor(batch, { training: true });
    groups.set(concreteFunction, [...(groups.get(concreteFunction) ?? []), batch]);
  }
  return [...groups.values()];
}

function randomOf(effects: readonly TrainingEffect[]): readonly TrainingEffect[] {
  return effects.filter((effect) => random.includes(effect));
}

async function missingIn(
  subject: Subject,
  contract: Contract,
  effects: readonly TrainingEffect[],
  batches: readonly Batch[],
): Promise<Missing | undefined> {
  const drawing = randomOf(effects);
  return (
    (effects.includes('batch-norm') ? await missingBatchNorm(subject, contract, batches) : undefined) ??
    (drawing.length > 0 ? await missingRandomness(subject, contract, drawing, batches) : undefined) ??
    (effects.includes('other') && !(await differsFromInference(subject, contract, batches))
      ? { where: 'other', expected: 'other values than with training=False', actual: 'the same values' }
      : undefined)
  );
}

function found(effects: readonly TrainingEffect[], batches: readonly Batch[]): Conclusion {
  const what =
    effects.length === 0 ? 'training changes nothing, as the spec says' : `found: ${effects.join(', ')}`;
  return { status: 'pass', summary: what, cases: batches.length };
}

function lost({ where, expected, actual }: Missing, batches: readonly Batch[]): Conclusion {
  const [batch] = batches;
  const finding = {
    where: `training=True, ${where}`,
    expected,
    actual: `${actual}, at ${sizesText(batches)}`,
    arguments: { training: true },
    ...(batch ? { batch } : {}),
  };
  return { status: 'fail', finding, cases: batches.length };
}
