import type { Check } from '../../harness/check/check.js';
import { behaviourOf, differenceBetween } from './behaviour.js';
import { batchFor, declaresHyperparameters, settingOf } from './declared.js';

export const declaredDefault: Check = {
  id: 'hyperparameters/default',
  level: 'must',
  demands: 'Passing the declared default of a hyperparameter MUST be the same as leaving it out.',
  explain: {
    matters:
      'Users leave an argument out because they trust the documented default. If the real one differs, they train something else than they think.',
    decided:
      'Six images are called with the declared default and without the argument. Outputs and the variables after the call must agree up to the rounding measured on this model; where outputs are random, their spread over 40 calls.',
    mend: 'Write the documented default into the arguments of `__call__` and trace the call anew, or correct `default` in the spec.',
  },
  promisedBy: ['hyperparameters'],
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
