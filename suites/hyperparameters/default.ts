import type { Check } from '../../harness/check/check.js';
import { behaviourOf, differenceBetween } from './behaviour.js';
import { batchFor, declaresHyperparameters, settingOf } from './declared.js';

export const declaredDefault: Check = {
  id: 'hyperparameters/default',
  level: 'must',
  demands: 'Passing the declared default of a hyperparameter MUST be the same as leaving it out.',
  applies: declaresHyperparameters,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const batch = batchFor(contract);
    const noise = await subject.noise();
    for (const hyperparameter of contract.hyperparameters) {
      const setting = settingOf(hyperparameter);
      const args = { ...setting, [hyperparameter.name]: hyperparameter.default };
      const left = await behaviourOf(subject, batch, setting);
      const difference = differenceBetween(left, await behaviourOf(subject, batch, args), noise);
      if (difference === undefined) continue;
      const where = `call with ${hyperparameter.name}=${hyperparameter.default}, the declared default`;
      const finding = {
        where,
        expected: 'what the call gives without it',
        actual: difference,
        batch,
        arguments: args,
      };
      return { status: 'fail', finding };
    }
    const names = contract.hyperparameters.map(({ name, default: usual }) => `${name}=${usual}`).join(', ');
    return { status: 'pass', summary: `${names}: as when left out`, cases: contract.hyperparameters.length };
  },
};
