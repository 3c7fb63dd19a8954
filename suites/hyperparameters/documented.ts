import type { Check } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { Parameter } from '../../harness/savedmodel/saved-model.js';

export const documented: Check = {
  id: 'hyperparameters/documented',
  level: 'should',
  demands: 'The call SHOULD NOT have arguments that the spec does not name.',
  explain: {
    matters:
      'Nobody can use an argument that is not documented, and one left over from development may be relied on by accident.',
    decided:
      'The arguments of the call are compared with those that the spec names. `training` needs no mention, nor does the `mask=None` of Keras.',
    fix: 'Declare it under `hyperparameters` in the spec, or remove it from `__call__` and trace the call again.',
  },
  promisedBy: ['hyperparameters'],
  applies: hasEndpoint,
  kind: 'reading',
  read: (model, contract) => {
    const named = new Set(['training', ...contract.hyperparameters.map(({ name }) => name)]);
    const [, ...others] = namedEndpoint(model, contract)?.parameters ?? [];
    const unnamed = others.filter((parameter) => !named.has(parameter.name) && !fromKeras(parameter));
    if (unnamed.length === 0) return { status: 'pass', summary: 'the spec names every argument' };
    const actual = unnamed.map(({ name }) => name).join(', ');
    const remedy = 'Declare it under hyperparameters, or remove it from the call.';
    return {
      status: 'fail',
      finding: { where: 'arguments of the call', expected: 'those of the spec', actual, remedy },
    };
  },
};

/** Keras gives the call of every model a `mask` that is None and that nobody needs to set. */
function fromKeras({ name, default: defaultValue }: Parameter): boolean {
  return name === 'mask' && defaultValue?.kind === 'none';
}
