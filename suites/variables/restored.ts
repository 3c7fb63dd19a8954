import { always, type Check } from '../../harness/check/check.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { notStored, promisedVariables } from './stored.js';

export const restored: Check = {
  id: 'variables/restored',
  level: 'must',
  demands: 'Each variable MUST have a value in the checkpoint, of its own shape and dtype, and finite.',
  applies: always,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const missing = notStored(subject.model, contract);
    if (missing) return { status: 'fail', finding: missing };
    const promised = promisedVariables(subject.model, contract);
    const broken = (await subject.notFinite()).filter((variable) => promised.includes(variable));
    if (broken.length === 0) return { status: 'pass', summary: `${promised.length} variables, all finite` };
    const actual = `NaN or infinity in ${namesOf(subject.model, broken)}`;
    return { status: 'fail', finding: { where: 'restored values', expected: 'finite numbers', actual } };
  },
};
