import { testCheck } from '../../harness/run/testing/test-check.js';
import { documented } from './documented.js';

const gain = { type: 'float', default: 1, affects: 'inference' } as const;

testCheck(documented, {
  passes: [
    { name: 'no argument but the images', summary: 'the spec names every argument' },
    { name: 'the arguments of the spec', spec: { hyperparameters: { gain } } },
    {
      name: 'training and the mask of Keras',
      model: { parameters: { training: false, mask: { kind: 'none' } } },
    },
  ],
  fails: [
    {
      name: 'an argument that the spec does not name',
      model: { parameters: { training: false, gain: { kind: 'float', value: 1 } } },
      finding: { where: 'arguments of the call', expected: 'those of the spec', actual: 'gain' },
    },
    {
      name: 'another spelling',
      spec: { hyperparameters: { gain } },
      model: { parameters: { gian: { kind: 'float', value: 1 } } },
      finding: { actual: 'gian' },
    },
    {
      name: 'a mask with a default of its own',
      model: { parameters: { mask: true } },
      finding: { actual: 'mask' },
    },
  ],
});
