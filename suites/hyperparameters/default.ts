import type { Check } from '../../harness/check/check.js';
import { differenceOf } from '../../harness/check/compare.js';
import {
  batchFor,
  declaresHyperparameters,
  largerBatches,
  manyImages,
} from '../../harness/check/settings/declared.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Contract, Hyperparameter } from '../../harness/contract/contract.js';
import type { Arguments, Subject } from '../../harness/engine/subject.js';
import type { Endpoint } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { behaviourOf, differenceBetween } from './behaviour.js';

export const declaredDefault: Check = {
  id: 'hyperparameters/default',
  level: 'must',
  demands:
    'The saved default of a hyperparameter MUST be the declared one, and passing it MUST give the same results as leaving the argument out.',
  explain: {
    matters:
      'Users leave an argument out because they trust the documented default. If the real default differs, they train something other than they think.',
    decided:
      'The default in the saved function spec is read; None may stand for the declared one. Six images, and up to 100 where they are small, are called with the declared default and without the argument, at inference and, where the spec declares it, in training; several hyperparameters are also passed all at once. Outputs and the variables after the call must agree up to the rounding measured on this model. Random outputs must agree in their means and spread over 40 calls; others are compared at larger, wide and tall sizes, too.',
    fix: 'Write the documented default into the arguments of `__call__` and trace the call again, or correct `default` in the spec.',
  },
  promisedBy: ['hyperparameters'],
  applies: declaresHyperparameters,
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    for (const one of contract.hyperparameters) {
      const actual = otherSavedDefault(subject.endpoint, one);
      if (actual === undefined) continue;
      const where = `default of ${one.name} in the saved function spec`;
      return { status: 'fail', finding: { where, expected: String(one.default), actual } };
    }
    const parts = unlessExcused(settingsFor(contract), excuses, (one) =>
      differenceByDefault(subject, contract, one),
    );
    let cases = 0;
    const seen = new Set<string>();
    for await (const { item, result: found } of parts) {
      cases += 1;
      seen.add(argumentsInWords(item.given));
      if (found === undefined) continue;
      const args = { ...item.usual, ...item.given };
      const where = `call with ${argumentsInWords(args)}, the declared default`;
      const finding = { where, expected: 'the results of the call without it', ...found, arguments: args };
      return { status: 'fail', finding, cases };
    }
    return { status: 'pass', summary: `${[...seen].join('; ')}: as when left out`, cases };
  },
};

/** The default in the files, where it is a number or a bool other than the declared one. */
function otherSavedDefault(endpoint: Endpoint | undefined, one: Hyperparameter): string | undefined {
  const saved = endpoint?.parameters.find(({ name }) => name === one.name)?.default;
  if (saved?.kind !== 'bool' && saved?.kind !== 'int' && saved?.kind !== 'float') return undefined;
  const same =
    typeof one.default === 'number' && typeof saved.value === 'number'
      ? Math.fround(saved.value) === Math.fround(one.default)
      : saved.value === one.default;
  return same ? undefined : String(saved.value);
}

type DefaultSetting = { readonly usual: Arguments; readonly given: Arguments };

/** Each default alone, then all at once; at inference and, where the spec declares it, in training. */
function settingsFor({ hyperparameters, fineTuning }: Contract): DefaultSetting[] {
  const alone = hyperparameters.map((one): Arguments => ({ [one.name]: one.default }));
  const together: Arguments = Object.fromEntries(hyperparameters.map((one) => [one.name, one.default]));
  const flags: Arguments[] = fineTuning?.trainingArgument ? [{}, { training: true }] : [{}];
  return [...alone, ...(alone.length > 1 ? [together] : [])].flatMap((given) =>
    flags.map((usual) => ({ usual, given })),
  );
}

type Found = { readonly actual: string; readonly batch: Batch };

async function differenceByDefault(
  subject: Subject,
  contract: Contract,
  { usual, given }: DefaultSetting,
): Promise<Found | undefined> {
  const args = { ...usual, ...given };
  const noise = await subject.noise();
  let random = false;
  for (const batch of fewAndMany(contract)) {
    const left = await behaviourOf(subject, batch, usual);
    const actual = differenceBetween(left, await behaviourOf(subject, batch, args), noise);
    if (actual !== undefined) return { actual, batch };
    random ||= left.outputs.length > 1;
  }
  return random ? undefined : differenceWhenLarger(subject, contract, usual, args);
}

/** A default may be another for large batches; and the more images, the smaller a difference in spread that shows. */
function fewAndMany(contract: Contract): Batch[] {
  const [few, many] = [batchFor(contract), manyImages(contract)];
  return many.count > few.count ? [few, many] : [few];
}

/** A default may hold at one size and not at another; one call is enough, as nothing here is random. */
async function differenceWhenLarger(
  subject: Subject,
  contract: Contract,
  setting: Arguments,
  args: Arguments,
): Promise<Found | undefined> {
  const noise = await subject.noise();
  for (const batch of largerBatches(contract)) {
    const [left, passed] = [await subject.call(batch, setting), await subject.call(batch, args)];
    const difference = differenceOf(left.values, passed.values, noise.tolerance);
    if (difference) return { actual: `outputs that differ by ${difference.by.toPrecision(3)}`, batch };
  }
  return undefined;
}
