import { always, type Check } from '../../harness/check/check.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { plural } from '../../harness/verdict/plural.js';
import { notStored, promisedVariables } from './stored.js';

export const restored: Check = {
  id: 'variables/restored',
  level: 'must',
  demands: 'Each variable MUST have a finite value of its own shape and dtype in the checkpoint.',
  explain: {
    matters:
      'A weight without a value makes loading or calling fail. One with a NaN makes everything it touches NaN, sometimes only once training reads it.',
    decided:
      'For each variable that is listed or that the call uses, the index of the checkpoint must have a value of its dtype and shape. Then the values are restored, and the floating-point ones must not contain NaN or infinity.',
    calls: 'None: the values are read back, and no call is made.',
    fix: 'Save again with `tf.saved_model.save`, and publish the whole folder, `variables/` included. For a NaN, go back to a checkpoint from before training diverged.',
  },
  promisedBy: ['model'],
  answersFor: ['value-missing'],
  applies: always,
  fromFiles: notStored,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const promised = promisedVariables(subject.model, contract);
    const broken = (await subject.notFinite()).filter((variable) => promised.includes(variable));
    if (broken.length === 0)
      return { status: 'pass', summary: `${plural(promised.length, 'variable')}, all finite` };
    const actual = `NaN or infinity in ${namesOf(subject.model, broken)}`;
    return {
      status: 'fail',
      finding: { where: 'restored values', expected: 'finite numbers', actual },
      explains: [],
    };
  },
};
