import type { Check } from '../../harness/check/check.js';
import { manyCalls, nothingSet, type Step } from '../../harness/check/sequences/step.js';
import { trySequences } from '../../harness/check/sequences/try-sequences.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Call, ModelFacts } from '../../harness/engine/subject.js';
import { assignedIn } from '../../harness/graph/assigned.js';
import { spaceOf } from '../../harness/images/space.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { cornersFor, longSequence, settingCorners, smallest } from './sequence-corners.js';
import { settingsAtInference } from './settings-at-inference.js';
import { settingsThatWrite } from './settings-that-write.js';
import { requireSteady, requireSteadyAfterStep } from './steady.js';

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
      'Sequences of calls are made with nothing reset in between: 130 training calls, training and inference in turn, changing sizes and batch sizes, only black or only flat images, one color alone, and random ones. Batches are larger where something is counted in 8 or 16 bits, and 130 calls of up to 512 images and 300,000 pixels follow where what is written to a variable depends on how many images or pixels there are. Up to four settings of hyperparameters with which training writes to variables are passed as well, each in 130 training calls. Each output must have its shape and finite values. After each sequence, the same inference call is made twice, and once more with other images beside the first two: their rows must stay the same, with `training=False` as without `training`. Up to four settings of hyperparameters that inference accepts are passed in such a call, too. The sequence may have changed no trainable variable, and these calls no variable at all. After 24 training calls from perturbed weights, the same is asked of larger images, of up to 70, and with these settings, and the first row must stay the same at the end of a larger batch. It is asked after 130 where variables have the shapes of trainable kernels, as copies of them have, and where training may assign to trainable variables. A sequence that fails is shrunk to the shortest that still does.',
    calls:
      'The longest sequence has 130, since a counter in 8 bits overflows at 128. Four calls follow each sequence, and one for each setting at inference. Up to four settings with which training writes to variables take 130 each.',
    fix: 'Keep the state that a training call leaves, such as counters, buffers and moving averages, bounded and valid for every later batch. Clip step counts, take sizes from the images and not from a variable, and use the statistics of the batch in training only.',
  },
  promisedBy: ['fine_tuning.training_argument', 'fine_tuning'],
  answersFor: ['not-finite-later'],
  applies: declaresTraining,
  comparisons: 'unrecorded',
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    const settings = await settingsThatWrite(subject, contract, smallest(contract));
    const atInference = await settingsAtInference(subject, contract, smallest(contract));
    const usual = {
      space: spaceOf(contract),
      settings: [nothingSet, ...settings],
      corners: [...cornersFor(subject.model, contract), ...settingCorners(contract, settings)],
      seed,
      random: randomSequences,
      until: performance.now() + contract.limits.deadlineMs * timeShare,
      excuses,
      expect: (calls: readonly Call[]) => subject.expect(calls),
      holds: (steps: readonly Step[]) => requireSteady(subject, contract, steps, atInference),
    };
    const kept = await trySequences(usual);
    if (kept.status !== 'pass') return kept;
    const isLong = keepsCopies(subject.model) || mayAssignWeights(subject, contract);
    const length = isLong ? manyCalls : fewCalls;
    try {
      const afterStep = await trySequences({
        ...usual,
        settings: [nothingSet],
        corners: [longSequence(smallest(contract), length)],
        random: 0,
        holds: (steps) => requireSteadyAfterStep(subject, contract, steps, atInference),
      });
      return afterStep.status === 'pass' ? kept : afterStep;
    } catch (error) {
      // Larger images may fail by themselves.
      if ((await excuses.answering(error)) === undefined) throw error;
      return kept;
    }
  },
};

/** Training calls before inference is tried with larger images and with more of them. */
const fewCalls = 24;

/** Whether a training call may assign to trainable variables, be it only at some steps. */
function mayAssignWeights(subject: ModelFacts, contract: Contract): boolean {
  const training = subject.concreteFunctionFor(smallest(contract), { training: true });
  const assigned = assignedIn(subject.model, training);
  return listedTrainable(subject.model).some(({ nodeId }) => assigned.has(nodeId));
}

/** Whether other variables have the shapes of trainable ones, as averages and snapshots of the weights have. */
function keepsCopies(model: SavedModel): boolean {
  const trainable = listedTrainable(model);
  const shapeOf = ({ stored }: Variable) => (stored && stored.shape.length > 1 ? stored.shape.join() : '');
  const shapes = new Set(trainable.map(shapeOf));
  return model.variables.some(
    (variable) => !trainable.includes(variable) && shapeOf(variable) !== '' && shapes.has(shapeOf(variable)),
  );
}
