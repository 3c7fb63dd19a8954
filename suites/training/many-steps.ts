import type { Check } from '../../harness/check/check.js';
import { manyCalls, nothingSet, type Step } from '../../harness/check/sequences/step.js';
import { trySequences } from '../../harness/check/sequences/try-sequences.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { sizeCorners, smallestSize } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { settingsThatWrite } from './settings-that-write.js';
import { requireSteady, smallBatch } from './steady.js';

/** Random sequences, in addition to those that every run tries. */
const randomSequences = 6;

/** Share of the time for random sequences and for the shrinking of one that fails. */
const timeShare = 0.6;

export const manyStepsKept: Check = {
  id: 'training/many-steps',
  level: 'must',
  demands:
    'After any sequence of calls, outputs MUST be finite and of their shape, inference rows independent, deterministic and by default those of training=False; training calls MUST keep trainable variables, inference calls all.',
  explain: {
    matters:
      'Training makes thousands of calls in a row. State that builds up in a variable, such as a step counter, a buffer or a statistic, can make the output infinite or couple the rows of a batch, long after the first call looked right.',
    decided:
      'Sequences of calls are made with nothing reset in between: 130 training calls, training and inference in turn, changing sizes and batch sizes, only black or only flat images, and random ones. Batches are larger where something is counted in 8 or 16 bits. Up to four settings of hyperparameters with which training writes to variables are passed as well, each in 130 training calls. Each output must have its shape and finite values. After each sequence, the same inference call is made twice, and once more with other images beside the first two: their rows must stay the same, with `training=False` as without `training`. The sequence may have changed no trainable variable, and these calls no variable at all. A sequence that fails is shrunk to the shortest that still does.',
    calls:
      'The longest sequence has 130, since a counter in 8 bits overflows at 128. Four calls follow each sequence. Up to four settings with which training writes to variables take 130 each.',
    fix: 'Keep the state that a training call leaves, such as counters, buffers and moving averages, bounded and valid for every later batch. Clip step counts, take sizes from the images and not from a variable, and use the statistics of the batch in training only.',
  },
  promisedBy: ['fine_tuning.training_argument', 'fine_tuning'],
  answersFor: ['not-finite-later'],
  applies: declaresTraining,
  comparisons: 'unrecorded',
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    const settings = await settingsThatWrite(subject, contract, smallest(contract));
    return trySequences({
      space: spaceOf(contract),
      settings: [nothingSet, ...settings],
      corners: [...cornersFor(subject.model, contract), ...settingCorners(contract, settings)],
      seed,
      random: randomSequences,
      until: performance.now() + contract.limits.deadlineMs * timeShare,
      excuses,
      expect: (calls) => subject.expect(calls),
      holds: (steps) => requireSteady(subject, contract, steps),
    });
  },
};

/** The shortest first, so that a fault of one call is not searched for in a hundred. */
function cornersFor(model: SavedModel, contract: Contract): Step[][] {
  const many = countsShortly(model) && !isLarge(smallest(contract)) ? fewCalls : 0;
  const small = smallest(contract);
  const others = sizeCorners(contract)
    .sizes.slice(0, maxSizes)
    .map((size) => smallBatch(contract, size, 1));
  return [
    [train(small)],
    [infer(small), train({ ...small, count: 3 }), infer(small)],
    others.flatMap((batch) => [infer(batch), train(batch)]),
    ...epochsFor(small).map((batches) => batches.map((batch) => train(batch))),
    Array.from({ length: manyCalls }, (_, index) =>
      train({ ...small, count: index < many ? manyImages : 2 + (index % 2), seed: index }),
    ),
  ];
}

/** With each setting alone, then with one after the other. */
function settingCorners(contract: Contract, settings: readonly Arguments[]): Step[][] {
  const small = smallest(contract);
  if (settings.length === 0) return [];
  return [
    [nothingSet, ...settings, nothingSet].flatMap((one) => [train(small, one), infer(small, one)]),
    ...settings.map((setting) => [
      ...Array.from({ length: manyCalls }, (_, index) =>
        train({ ...small, count: 2 + (index % 2), seed: index }, setting),
      ),
      infer(small, setting),
    ]),
  ];
}

function train(batch: Batch, setting = nothingSet): Step {
  return { batch, training: true, setting };
}

function infer(batch: Batch, setting = nothingSet): Step {
  return { batch, training: false, setting };
}

function smallest(contract: Contract): Batch {
  return smallBatch(contract, smallestSize(contract), 2);
}

/** Whether something may be counted in 8 or 16 bits. */
function countsShortly({ variables, functions }: SavedModel): boolean {
  const isShort = (dtype: string) => /^(u?int|b?float)(8|16)$/.test(dtype);
  const nodes = [...functions.values()].flatMap((one) => one.nodes);
  return (
    variables.some(({ dtype }) => isShort(dtype)) ||
    nodes.some(({ op, attributes }) => {
      const to = op === 'Cast' ? attributes.get('DstT') : undefined;
      return to?.kind === 'type' && isShort(to.value);
    })
  );
}

/**
 * Training with images of one kind alone: with black ones, statistics of the batch are 0; with flat ones, they have no
 * spread.
 */
function epochsFor(small: Batch): Batch[][] {
  const [batch, length] = isLarge(small) ? [{ ...small, count: 1 }, 16] : [small, 24];
  return (['black', 'flat'] as const).map((pattern) =>
    Array.from({ length }, (_, seed) => ({ ...batch, pattern, seed })),
  );
}

/** Whether training takes long with such images. */
function isLarge({ height, width }: Batch): boolean {
  return height * width > 2500;
}

/** In one training call, and how many such calls: 16 bits can count no more than so many rows of pixels. */
const manyImages = 32;
const fewCalls = 70;

/** Sizes that one sequence changes between. */
const maxSizes = 4;
