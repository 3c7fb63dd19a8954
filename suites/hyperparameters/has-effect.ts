import type { Check } from '../../harness/check/check.js';
import {
  batchFor,
  declaresHyperparameters,
  largerBatches,
  manyImages,
  settingOf,
  valuesOf,
} from '../../harness/check/settings/declared.js';
import { settingsTogether, valuesToTry } from '../../harness/check/settings/values.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Contract, Hyperparameter } from '../../harness/contract/contract.js';
import { unlessCallFails } from '../../harness/engine/process/failures.js';
import type { Arguments, Subject } from '../../harness/engine/subject.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Batch } from '../../harness/verdict/batch.js';
import type { Finding } from '../../harness/verdict/run.js';
import { behaviourOf, differenceBetween } from './behaviour.js';

/** Values of one hyperparameter that are compared with the first, at most. */
const maxValues = 8;

export const hyperparameterHasEffect: Check = {
  id: 'hyperparameters/has-effect',
  level: 'should',
  demands: 'Another value of a hyperparameter SHOULD change what the spec says it affects.',
  explain: {
    matters: 'Users can tune a setting that does nothing for days without a result.',
    decided:
      'Six images are called with both ends, the default and up to five other values: at inference where the spec says that it affects inference, else in training. Some two values must differ beyond the rounding measured on this model, in the output or in the variables after the call. Where either is random, its means or its spread over 64 calls must differ, each call from the restored variables. If none do, the other hyperparameters are set to their ends and larger sizes are tried.',
    calls:
      'Up to eight values, and it stops at the first difference. Where outputs are random, 64 calls for each of two values, since means and spreads are compared.',
    fix: 'Use the argument in the call, not a number fixed when the model was built, and trace it as a tensor. Set `affects` in the spec to what it really changes.',
  },
  promisedBy: ['hyperparameters'],
  applies: (contract) => {
    const declared = declaresHyperparameters(contract);
    if (declared !== true) return declared;
    return (
      withSeveralValues(contract).length > 0 || 'The spec gives no value but the default; add min and max.'
    );
  },
  comparisons: 'unrecorded',
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    const seen: string[] = [];
    const parts = unlessExcused(withSeveralValues(contract), excuses, (one) =>
      effectOf(subject, contract, one, valuesToTry(one, seed).slice(0, maxValues)),
    );
    for await (const { item, result } of parts) {
      if (result.kind === 'missing') return { status: 'fail', finding: result.finding };
      seen.push(`${item.name}: ${result.effect}`);
    }
    return { status: 'pass', summary: seen.join('; '), cases: seen.length };
  },
};

/** Hyperparameters for which the spec gives more than one value. */
function withSeveralValues({ hyperparameters }: Contract): Hyperparameter[] {
  return hyperparameters.filter((hyperparameter) => valuesOf(hyperparameter).length > 1);
}

/** Where an effect is looked for: a batch, and the other arguments. */
type Place = { readonly batch: Batch; readonly setting: Arguments };

/** The others at their defaults, with few images and with many, then at their ends, then larger images. */
function placesFor(contract: Contract, one: Hyperparameter): Place[] {
  const [batch, setting] = [batchFor(contract), settingOf(one)];
  const [, ...ends] = settingsTogether(contract.hyperparameters);
  return [
    { batch, setting },
    { batch: manyImages(contract), setting },
    ...ends.map((values) => ({ batch, setting: { ...values, ...setting } })),
    ...largerBatches(contract).map((larger) => ({ batch: larger, setting })),
  ];
}

type Effect =
  | { readonly kind: 'seen'; readonly effect: string }
  | { readonly kind: 'missing'; readonly finding: Finding };

async function effectOf(
  subject: Subject,
  contract: Contract,
  one: Hyperparameter,
  values: readonly (number | boolean)[],
): Promise<Effect> {
  for (const place of placesFor(contract, one)) {
    const effect = await effectAt(subject, place, one.name, values);
    if (effect !== undefined) return { kind: 'seen', effect };
  }
  const elsewhere = await effectElsewhere(subject, contract, one, values);
  return { kind: 'missing', finding: findingFor(contract, one, values, elsewhere) };
}

/** Compares the first value with each of the others until one differs. */
async function effectAt(
  subject: Subject,
  { batch, setting }: Place,
  name: string,
  [first, ...others]: readonly (number | boolean)[],
): Promise<string | undefined> {
  if (first === undefined) return undefined;
  const noise = await subject.noise();
  const reference = await behaviourOf(subject, { batch, args: { ...setting, [name]: first } });
  for (const value of others) {
    const behaviour = await behaviourOf(subject, { batch, args: { ...setting, [name]: value } });
    const difference = await differenceBetween(reference, behaviour, noise);
    if (difference !== undefined) return `${first} and ${value} give ${difference}`;
  }
  return undefined;
}

/** Whether the values matter in training where they should at inference, or the other way round. */
async function effectElsewhere(
  subject: Subject,
  contract: Contract,
  { name, affects }: Hyperparameter,
  values: readonly (number | boolean)[],
): Promise<string | undefined> {
  if (affects === 'inference' && !contract.fineTuning?.trainingArgument) return undefined;
  const setting = affects === 'inference' ? { training: true } : {};
  const place = { batch: batchFor(contract), setting };
  const effect = await effectAt(subject, place, name, values).catch(unlessCallFails);
  if (effect === undefined) return undefined;
  return affects === 'inference' ? 'only in training' : 'only at inference';
}

function findingFor(
  contract: Contract,
  one: Hyperparameter,
  values: readonly (number | boolean)[],
  elsewhere: string | undefined,
): Finding {
  const batch = batchFor(contract);
  const { name, affects } = one;
  const shown = argumentsInWords(settingOf(one));
  const where = `${affects} with other values of ${name}${shown === '' ? '' : `, ${shown}`}`;
  const other = elsewhere === undefined ? '' : `; they matter ${elsewhere}`;
  const actual = `no difference between ${values.join(', ')}${other}`;
  return { where, expected: 'something else', actual, batch };
}
