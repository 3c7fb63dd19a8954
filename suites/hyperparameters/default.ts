import type { Check } from '../../harness/check/check.js';
import { differenceOf } from '../../harness/check/compare.js';
import {
  batchFor,
  declaresHyperparameters,
  largerBatches,
  settingOf,
} from '../../harness/check/settings/declared.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Contract, Hyperparameter } from '../../harness/contract/contract.js';
import type { Arguments, Subject } from '../../harness/engine/subject.js';
import type { Finding } from '../../harness/verdict/run.js';
import { behaviourOf, differenceBetween } from './behaviour.js';

export const declaredDefault: Check = {
  id: 'hyperparameters/default',
  level: 'must',
  demands:
    'Passing the declared default of a hyperparameter MUST give the same results as leaving the argument out.',
  explain: {
    matters:
      'Users leave an argument out because they trust the documented default. If the real default differs, they train something other than they think.',
    decided:
      'Six images are called with the declared default and without the argument. Outputs and the variables after the call must agree up to the rounding measured on this model. Random outputs must agree in their spread over 40 calls; others are compared at two larger sizes, too.',
    fix: 'Write the documented default into the arguments of `__call__` and trace the call again, or correct `default` in the spec.',
  },
  promisedBy: ['hyperparameters'],
  applies: declaresHyperparameters,
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    const { hyperparameters } = contract;
    const seen: string[] = [];
    const parts = unlessExcused(hyperparameters, excuses, (one) =>
      differenceByDefault(subject, contract, one),
    );
    for await (const { item, result: found } of parts) {
      const named = `${item.name}=${item.default}`;
      seen.push(named);
      if (found === undefined) continue;
      const where = `call with ${named}, the declared default`;
      const finding = { where, expected: 'the results of the call without it', ...found };
      return { status: 'fail', finding };
    }
    return { status: 'pass', summary: `${seen.join(', ')}: as when left out`, cases: seen.length };
  },
};

type Found = Pick<Finding, 'actual' | 'batch' | 'arguments'>;

async function differenceByDefault(
  subject: Subject,
  contract: Contract,
  hyperparameter: Hyperparameter,
): Promise<Found | undefined> {
  const setting = settingOf(hyperparameter);
  const args = { ...setting, [hyperparameter.name]: hyperparameter.default };
  const [batch, noise] = [batchFor(contract), await subject.noise()];
  const left = await behaviourOf(subject, batch, setting);
  const actual = differenceBetween(left, await behaviourOf(subject, batch, args), noise);
  if (actual !== undefined) return { actual, batch, arguments: args };
  return left.outputs.length === 1 ? differenceWhenLarger(subject, contract, setting, args) : undefined;
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
    if (difference) {
      const actual = `outputs that differ by ${difference.by.toPrecision(3)}`;
      return { actual, batch, arguments: args };
    }
  }
  return undefined;
}
