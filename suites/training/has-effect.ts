import type { Check } from '../../harness/check/check.js';
import { differenceOf } from '../../harness/check/compare.js';
import { cornersOf } from '../../harness/images/corners.js';

/** Batches tried before the flag counts as ignored. */
const maxBatches = 12;

export const hasEffect: Check = {
  id: 'training/has-effect',
  level: 'should',
  demands:
    'Where the spec names effects of training, training=True and training=False SHOULD give different values.',
  explain: {
    matters:
      'If dropout and batch normalization ignore the flag, fine-tuning runs without them, and the user gets no warning.',
    decided:
      'Up to twelve batches of two images or more are called with True and with False, each from the restored variables. One difference beyond the rounding measured on this model is enough.',
    fix: 'Pass `training` on to every layer, as in `self.model(images, training=training)`, and trace both values. If nothing should differ, empty `training_effects` in the spec.',
  },
  promisedBy: ['fine_tuning.training_effects', 'fine_tuning'],
  applies: ({ fineTuning }) => {
    if (!fineTuning?.trainingArgument) return 'The spec declares no training argument.';
    return fineTuning.trainingEffects.length > 0 || 'The spec names no effect of training.';
  },
  kind: 'measurement',
  measure: async (subject, contract) => {
    const noise = await subject.noise();
    const batches = cornersOf(contract, 2)
      .filter(({ pattern }) => pattern !== 'black' && pattern !== 'white')
      .slice(-maxBatches);
    for (const [index, batch] of batches.entries()) {
      const [training, inference] = [
        await subject.call(batch, { training: true }),
        await subject.call(batch, { training: false }),
      ];
      const difference = differenceOf(inference.values, training.values, noise);
      if (difference)
        return {
          status: 'pass',
          summary: `outputs differ by ${difference.by.toPrecision(3)}`,
          cases: index + 1,
        };
    }
    const effects = contract.fineTuning?.trainingEffects.join(', ');
    const [batch] = batches;
    const finding = {
      where: 'output with training=True',
      expected: `other values, because of ${effects}`,
      actual: 'the same values',
    };
    return { status: 'fail', finding: { ...finding, ...(batch ? { batch } : {}) }, cases: batches.length };
  },
};
