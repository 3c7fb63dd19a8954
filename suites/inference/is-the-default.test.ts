import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { isTheDefault } from './is-the-default.js';

const spec = { fine_tuning: { trainable_variables: true, training_argument: true } };

testCheck(isTheDefault, {
  spec,
  passes: [
    { name: 'False by default' },
    {
      name: 'a default of its own that gives the same',
      model: { parameters: { training: true } },
    },
  ],
  fails: [
    {
      name: 'True by default',
      model: { parameters: { training: true } },
      call: (_images, { training }, { sound }) => (training ? changed(sound, (value) => value + 1) : sound),
      finding: { where: /without training/ },
    },
  ],
  skips: [{ name: 'no argument named training', spec: {}, reason: /no argument named training/ }],
});
