import type { Check } from '../../harness/check/check.js';
import { CallFailed, CallRefused } from '../../harness/engine/failures.js';
import type { Arguments, Subject } from '../../harness/engine/subject.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { batchFor, declaresHyperparameters, settingOf, valuesOf } from './declared.js';

export const accepted: Check = {
  id: 'hyperparameters/accepted',
  level: 'must',
  demands: 'The call MUST take each declared hyperparameter, at both ends of its range.',
  explain: {
    matters:
      'Users set it by name: `hub.KerasLayer(path, arguments=dict(dropout_rate=0.3))`. If no trace takes the value, the layer stops with an error.',
    decided:
      'Six images are called with the smallest, the largest and the default value that the spec declares, or with both of a bool; with `training=True`, unless the value affects inference.',
    mend: 'Give `__call__` an argument of exactly that name, and trace it as a tensor, `get_concrete_function(images, training=True, dropout_rate=tf.TensorSpec([], tf.float32))`: a Python number in a trace is the only one that it takes.',
  },
  promisedBy: ['hyperparameters'],
  applies: declaresHyperparameters,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const batch = batchFor(contract);
    await subject.call(batch);
    let cases = 0;
    for (const hyperparameter of contract.hyperparameters) {
      for (const value of valuesOf(hyperparameter)) {
        cases += 1;
        const args = { ...settingOf(hyperparameter), [hyperparameter.name]: value };
        const refusal = await refusalOf(subject, batch, args);
        if (refusal === undefined) continue;
        const where = `call with ${hyperparameter.name}=${value}`;
        return {
          status: 'fail',
          finding: { where, expected: 'an output', actual: refusal, batch, arguments: args },
          cases,
        };
      }
    }
    const names = contract.hyperparameters.map(({ name }) => name).join(', ');
    return { status: 'pass', summary: `${names}: taken at both ends`, cases };
  },
};

async function refusalOf(subject: Subject, batch: Batch, args: Arguments): Promise<string | undefined> {
  try {
    await subject.call(batch, args);
    return undefined;
  } catch (error) {
    if (error instanceof CallRefused || error instanceof CallFailed) return error.message;
    throw error;
  }
}
