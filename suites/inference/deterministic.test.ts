import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { deterministic } from './deterministic.js';

/** A graph that adds 1 to a variable. */
const counting = {
  concreteFunctions: [
    {
      operations: [
        operation('count', 'AssignAddVariableOp', ['kernel', 'bias']),
        operation('rows', 'Identity', ['images']),
      ],
    },
  ],
};

/** A graph that draws. */
const drawing = {
  concreteFunctions: [
    {
      operations: [
        operation('noise', 'RandomStandardNormal', ['shape']),
        operation('rows', 'AddV2', ['images', 'noise']),
      ],
    },
  ],
};

let drawn = 0;

testCheck(deterministic, {
  passes: [{ name: 'the same rows twice' }],
  fails: [
    {
      name: 'noise',
      call: (_images, _args, { sound, random }) => changed(sound, (value) => value + random()),
      finding: { where: 'rows of the second of two equal calls', batch: { count: 1 } },
    },
    {
      name: 'noise, with a factor that is 0 as long as the kernel is as it was saved',
      model: counting,
      call: (_images, _args, { sound, random, steps }) =>
        steps.has('kernel') ? changed(sound, (value) => value + random()) : sound,
      finding: {
        where: 'rows of the second of two equal calls, with other values of the trainable variables',
      },
    },
    {
      name: 'such noise, of which two pairs of calls happen to get the same',
      model: drawing,
      call: (_images, _args, { sound, random, steps }) =>
        steps.has('kernel') && ++drawn > 4 ? changed(sound, (value) => value + random()) : sound,
      finding: {
        where: 'rows of the second of two equal calls, with other values of the trainable variables',
      },
    },
    {
      name: 'a counter of calls that comes into one column',
      model: counting,
      call: (_images, _args, { sound, earlier }) =>
        changed(sound, (value, { column }) => (column === 2 ? value + earlier : value)),
      finding: { expected: /in row 0, column 2, as in the first$/ },
    },
  ],
});
