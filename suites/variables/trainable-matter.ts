import type { Check, Conclusion } from '../../harness/check/check.js';
import { settingsOf } from '../../harness/check/settings/values.js';
import { sizesBySmallest } from '../../harness/check/sizes-of-functions.js';
import { namesOf } from '../../harness/check/variable-names.js';
import type { Contract } from '../../harness/contract/contract.js';
import {
  CallFailed,
  CallRefused,
  EngineError,
  unlessCallFails,
} from '../../harness/engine/process/failures.js';
import type { Arguments, Call, ModelGradients } from '../../harness/engine/subject.js';
import { smallestSize } from '../../harness/images/corners.js';
import { areaOf, isOfSize, type Size } from '../../harness/images/size.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { hasEffectLater } from './effect-later.js';
import { floatingTrainable } from './floating-trainable.js';
import { Influence } from './influence.js';

export const trainableMatter: Check = {
  id: 'variables/trainable-matter',
  level: 'should',
  demands: 'Each trainable variable SHOULD affect the output or a regularization loss.',
  explain: {
    matters:
      'A trainable variable without effect costs memory and optimizer state, and is often a sign of a branch that was left unconnected.',
    decided:
      'A variable whose gradient is not 0 has an effect. Each other floating-point variable of the list is perturbed, alone and, where that shows nothing, together with all others. The output or a regularization loss must change: at inference or in training, at one of some nine sizes, for one of some 200 images of many kinds, or with some value of a hyperparameter. Sizes that were traced by themselves are among them. Where the output is random, its change shows nothing. What has no effect so is perturbed once more before ten training calls, which may open a gate. If there are very many variables, as many as the time allows are tried.',
    calls:
      'Two, to tell whether the output is random: one gradient call shows the effect of all variables at once. Only a variable without a gradient costs more, up to two for each call that could show its effect.',
    fix: 'Remove variables that the call never uses, such as those of an old head, from `trainable_variables`, or connect the branch that they belong to. An expert that is used for few images may stay.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  applies: ({ fineTuning }, model) => {
    if (!fineTuning || fineTuning.trainableVariables === false)
      return 'The spec declares no trainable variables.';
    return floatingTrainable(model).length > 0 || 'The model lists no trainable variables.';
  },
  kind: 'measurement',
  measure: async (subject, contract) => {
    const trainable = floatingTrainable(subject.model);
    const calls = callsFor(subject.model, contract);
    const influences = calls.map((call) => new Influence(subject, trainable, call));
    await influences[0]?.isRandom();
    const effective = await effectiveIn(subject, contract, calls);
    const training = contract.fineTuning?.trainingArgument === true;
    const found: Found = { idle: [], undecided: [], tried: 0 };
    const enoughAt = performance.now() + contract.limits.deadlineMs / 2;
    try {
      for (const variable of trainable) {
        if (performance.now() > enoughAt) break;
        const effect = effective.has(variable) ? 'seen' : await effectOf(influences, variable);
        found.tried += 1;
        if (effect === 'undecided') found.undecided.push(variable);
        const isLate = effect === 'idle' && training && (await hasEffectLater(subject, variable, calls));
        if (effect === 'idle' && !isLate) found.idle.push(variable);
      }
    } catch (error) {
      // Faults found before the engine was lost still count.
      if (!(error instanceof EngineError) || found.idle.length === 0) throw error;
    }
    return concluded(subject.model, found, trainable.length, calls);
  },
};

/** Variables with a gradient that is not 0, which one call shows for all; none where it cannot be computed. */
async function effectiveIn(
  subject: ModelGradients,
  contract: Contract,
  [first, second]: readonly Call[],
): Promise<ReadonlySet<Variable>> {
  const call = contract.fineTuning?.trainingArgument ? second : first;
  const gradients = call && (await subject.gradientsAt(call).catch(unlessCallFails));
  return new Set(gradients?.kind === 'computed' ? gradients.effective : []);
}

type Found = { readonly idle: Variable[]; readonly undecided: Variable[]; tried: number };

function concluded(
  model: SavedModel,
  { idle, undecided, tried }: Found,
  all: number,
  calls: readonly Call[],
): Conclusion {
  if (idle.length > 0) {
    const images = calls.reduce((count, { batch }) => count + batch.count, 0);
    const actual = `no effect of ${namesOf(model, idle)} on the losses, nor on the output for ${images} images in ${calls.length} calls`;
    const finding = { where: 'trainable variables', expected: 'each has an effect', actual };
    return { status: 'fail', finding, cases: tried };
  }
  if (undecided.length === tried)
    return { status: 'skip', reason: 'The output is random, so a change of it shows nothing.' };
  const random =
    undecided.length > 0 ? `; ${undecided.length} could not be decided, as the output is random` : '';
  const rest = tried < all ? `; ${all - tried} were not tried within the time limit` : '';
  return {
    status: 'pass',
    summary: `each of ${tried - undecided.length} has an effect${random}${rest}`,
    cases: tried,
  };
}

/** `undecided`: only calls whose output is random take it. */
async function effectOf(
  influences: readonly Influence[],
  variable: Variable,
): Promise<'seen' | 'idle' | 'undecided'> {
  let [decided, undecided] = [false, false];
  for (const influence of influences) {
    if (!(await canRun(influence))) continue;
    if (await influence.of(variable)) return 'seen';
    if (!influence.takes(variable)) continue;
    if (await influence.isRandom()) undecided = true;
    else decided = true;
  }
  return undecided && !decided ? 'undecided' : 'idle';
}

/** Other checks cover which sizes and values the call takes. */
async function canRun(influence: Influence): Promise<boolean> {
  try {
    await influence.isRandom();
    return true;
  } catch (error) {
    if (error instanceof CallFailed || error instanceof CallRefused) return false;
    throw error;
  }
}

/**
 * At inference and in training, as some variables are only used there; then with larger images and with each value of
 * the hyperparameters, which can use others, and at last with images of more kinds and sizes: of several experts, each has its own.
 * The first that shows an effect is enough.
 */
function callsFor(model: SavedModel, contract: Contract): Call[] {
  const smallest = smallestSize(contract);
  const sizes = sizesBySmallest(model, contract);
  const largest = sizes.reduce((a, b) => (areaOf(b) > areaOf(a) ? b : a), smallest);
  const modes = contract.fineTuning?.trainingArgument ? [{}, { training: true }] : [{}];
  const [, ...settings] = settingsOf(contract.hyperparameters);
  const inner = sizes.filter((size) => !isOfSize(size, smallest) && size !== largest);
  return [
    ...[smallest, largest].flatMap((size) => modes.map((mode) => callWith(size, mode))),
    ...settings.flatMap((setting) => modes.map((mode) => callWith(smallest, { ...setting, ...mode }))),
    ...kinds.flatMap((kind) => modes.map((mode) => callWith(smallest, mode, kind))),
    ...inner.map((size) => callWith(size, modes.at(-1) ?? {})),
  ];
}

type Kind = Pick<Batch, 'pattern' | 'count'>;

/** Varied images, so that few units are inactive on all of them. */
const varied: Kind = { pattern: 'mixed', count: 4 };

/** All that images may be: of one color and of two, dark and bright, of noise and of shapes. */
const kinds: readonly Kind[] = [
  { pattern: 'mixed', count: 12 },
  { pattern: 'primary', count: 27 },
  { pattern: 'two-colors', count: 45 },
  { pattern: 'blobs', count: 64 },
  { pattern: 'flat', count: 64 },
];

function callWith({ height, width }: Size, args: Arguments, { pattern, count }: Kind = varied): Call {
  const fitting = Math.max(1, Math.min(count, Math.floor(maxPixels / (height * width))));
  return { batch: { count: fitting, height, width, pattern, seed: 17 }, args };
}

/** Of all images of a call, which is repeated for each variable. */
const maxPixels = 512 * 512;
