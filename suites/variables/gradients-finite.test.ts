import { CallFailed } from '../../harness/engine/process/failures.js';
import type { ComputedGradients } from '../../harness/engine/subject.js';
import { finiteGradients } from '../../harness/engine/testing/finite-gradients.js';
import { tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { wait } from '../../harness/run/testing/wait.js';
import { fakeVariables } from '../../harness/savedmodel/testing/fake-variables.js';
import { gradientsFinite } from './gradients-finite.js';

const [kernel] = fakeVariables([{ path: 'dense.kernel' }], 1);
if (kernel === undefined) throw new Error('There is no variable to test with.');

const root = { op: 'Sqrt', name: 'norm/Sqrt', at: [0], through: 'the output' };
const noLoop = { through: ['the output'], why: 'No gradient defined for op: While.' };
const broken = (how: Partial<ComputedGradients>) => () => ({ ...finiteGradients, ...how });

const fail = () => {
  throw new CallFailed('Condition x < y did not hold');
};

const trained = { fine_tuning: { trainable_variables: true, training_argument: true } } as const;

const power = {
  ...trained,
  hyperparameters: { power: { type: 'float', default: 1, min: 1, max: 6, affects: 'inference' } },
} as const;

const notANumber = { ...finiteGradients, notFinite: [{ variable: kernel, through: 'the output' }] };

testCheck(gradientsFinite, {
  spec: trained,
  passes: [
    {
      name: 'a hyperparameter with which the output is not finite, for another check to tell',
      spec: power,
      gradients: ({ args }) => (args?.power === 6 ? { ...notANumber, outputFinite: false } : finiteGradients),
    },
    {
      name: 'gradients that take long: the first four calls are made, the others named',
      spec: { ...trained, limits: { deadline: '1s' } },
      gradients: () => {
        wait(160);
        return finiteGradients;
      },
      summary: /^4 calls: .* no time for 6 other calls: limits.deadline$/,
    },
    { name: 'finite gradients', summary: /to 1 of 2 trainable variables are finite, as is the output/ },
    {
      name: 'a gradient that the library computes up to an operation and behind it',
      gradients: broken({ variables: 1, partly: 1, cut: ['RFFT2D', 'While'] }),
      summary: /1 of 2 trainable variables .* 1 are differentiated in parts, .* no gradient of RFFT2D, While/,
    },
    {
      name: 'a root that is evaluated at 0 where the gradient is finite all the same',
      gradients: broken({ singular: [root], watched: 1 }),
    },
    {
      name: 'no gradient computed, and no operation at such a point',
      gradients: broken({ variables: 0, watched: 2, lacking: [noLoop] }),
      summary: /not computed: No gradient/,
    },
  ],
  fails: [
    {
      name: 'a gradient that is NaN at another value of a hyperparameter',
      spec: power,
      gradients: ({ args }) => (Number(args?.power ?? 1) > 1 ? notANumber : finiteGradients),
      finding: {
        where: 'gradient of the output with respect to dense.kernel, with power=6',
        arguments: { training: true, power: 6 },
      },
    },
    {
      name: 'an operation whose gradient raises an error',
      gradients: broken({ cut: ['LogMatrixDeterminant'], raising: ['a singular matrix'] }),
      finding: { where: 'gradients', actual: /raises an error: a singular matrix/ },
    },
    {
      name: 'a gradient that is NaN, with the operation to blame',
      gradients: broken({ notFinite: [{ variable: kernel, through: 'the output' }], singular: [root] }),
      finding: {
        where: 'gradient of the output with respect to dense.kernel',
        actual: /Sqrt \(norm\/Sqrt\) is evaluated at 0/,
      },
    },
    {
      name: 'a gradient that is NaN for black images only',
      gradients: ({ batch }) =>
        batch.pattern === 'black'
          ? { ...finiteGradients, notFinite: [{ variable: kernel, through: 'the output' }] }
          : finiteGradients,
      finding: { batch: { pattern: 'black' }, arguments: { training: true } },
    },
    {
      name: 'an output that overflows after one step',
      gradients: broken({ finiteAfterStep: false }),
      finding: { where: /after one step/ },
    },
  ],
  undecided: [
    {
      name: 'infinity where the gradient could not be computed',
      gradients: broken({ cut: ['SegmentMax'], suspected: ['SegmentMax (pool) gives NaN or infinity'] }),
      reason: /SegmentMax \(pool\) gives NaN or infinity, and TensorFlow's C library has no gradient/,
    },
    {
      name: 'a root at 0 where the gradient could not be computed',
      gradients: broken({ variables: 0, watched: 1, singular: [root], lacking: [noLoop] }),
      reason: /No gradient defined for op: While. Sqrt/,
    },
    {
      name: 'an operation at such a point of which the library has no gradient',
      gradients: broken({ cut: ['EuclideanNorm'], singular: [{ ...root, op: 'EuclideanNorm' }] }),
      reason: /EuclideanNorm \(norm\/Sqrt\) is evaluated at 0, .* has no gradient of it\.$/,
    },
    {
      name: 'a graph of gradients that fails where the call does not',
      gradients: fail,
      reason: /^The call works, but TensorFlow fails to compute its gradients: /,
    },
    {
      name: 'such a graph at another value of a hyperparameter only',
      spec: power,
      gradients: ({ args }) => (args?.power === 6 ? fail() : finiteGradients),
      reason: /^The call works, but TensorFlow fails to compute its gradients: /,
    },
  ],
  skips: [
    {
      name: 'calls that fail, which another check has reported',
      call: fail,
      gradients: fail,
      reported: { 'size-failed': 'input/every-size' },
      reason: /^The call fails at .*; see input\/every-size\.$/,
      answeredBy: 'input/every-size',
    },
    { name: 'no fine-tuning', spec: {}, reason: /declares no/ },
    {
      name: 'an output that is not finite, which another check has reported',
      call: ({ count }) => tensor([count, 4], Number.NaN),
      gradients: broken({ outputFinite: false, notFinite: [{ variable: kernel, through: 'the output' }] }),
      reported: { 'not-finite': 'output/finite' },
      reason: 'The output holds NaN or infinity; see output/finite.',
      answeredBy: 'output/finite',
    },
    {
      name: 'nothing that could be computed',
      gradients: () => ({ kind: 'unavailable', why: 'The addon needs a C++ compiler.' }),
      reason: /C\+\+ compiler/,
    },
  ],
});
