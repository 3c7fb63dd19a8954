import type { Check } from '../../harness/check/check.js';
import {
  batchFor,
  declaresHyperparameters,
  settingOf,
  valuesOf,
} from '../../harness/check/settings/declared.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import type { Contract, Hyperparameter } from '../../harness/contract/contract.js';
import type { Noise, Subject } from '../../harness/engine/subject.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { behaviourOf, differenceBetween } from './behaviour.js';

export const hyperparameterHasEffect: Check = {
  id: 'hyperparameters/has-effect',
  level: 'should',
  demands: 'Another value of a hyperparameter SHOULD change what the spec says it affects.',
  explain: {
    matters: 'Users can tune a setting that does nothing for days without a result.',
    decided:
      'Six images are called with each value that the spec declares. Some two values must differ beyond the rounding measured on this model: in the output, in the variables after the call or, where outputs are random, in their spread over 40 calls.',
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
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    const [batch, noise] = [batchFor(contract), await subject.noise()];
    const seen: string[] = [];
    const parts = unlessExcused(withSeveralValues(contract), excuses, (one) =>
      effectOf(one, subject, batch, noise),
    );
    for await (const { item, result: effect } of parts) {
      if (effect === undefined) return { status: 'fail', finding: findingFor(item, batch) };
      seen.push(`${item.name}: ${effect}`);
    }
    return { status: 'pass', summary: seen.join('; '), cases: seen.length };
  },
};

/** Hyperparameters for which the spec gives more than one value. */
function withSeveralValues({ hyperparameters }: Contract): Hyperparameter[] {
  return hyperparameters.filter((hyperparameter) => valuesOf(hyperparameter).length > 1);
}

/** Compares the values two by two until some pair differs. */
async function effectOf(
  hyperparameter: Hyperparameter,
  subject: Subject,
  batch: Batch,
  noise: Noise,
): Promise<string | undefined> {
  const setting = settingOf(hyperparameter);
  const [first, ...others] = valuesOf(hyperparameter);
  if (first === undefined) return undefined;
  const reference = await behaviourOf(subject, batch, { ...setting, [hyperparameter.name]: first });
  for (const value of others) {
    const behaviour = await behaviourOf(subject, batch, { ...setting, [hyperparameter.name]: value });
    const difference = differenceBetween(reference, behaviour, noise);
    if (difference !== undefined) return `${first} and ${value} give ${difference}`;
  }
  return undefined;
}

function findingFor(hyperparameter: Hyperparameter, batch: Batch) {
  const { name, affects } = hyperparameter;
  const actual = `no difference between ${valuesOf(hyperparameter).join(', ')}`;
  return { where: `${affects} with other values of ${name}`, expected: 'something else', actual, batch };
}
