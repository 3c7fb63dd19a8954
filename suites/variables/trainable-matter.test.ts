import { CallFailed } from '../../harness/engine/process/failures.js';
import { finiteGradients } from '../../harness/engine/testing/finite-gradients.js';
import { soundOutput } from '../../harness/engine/testing/sound-output.js';
import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { trainableMatter } from './trainable-matter.js';

const model = fakeModel({ variables: ['kernel', 'bias'] });

testCheck(trainableMatter, {
  spec: { fine_tuning: { trainable_variables: true } },
  passes: [
    {
      name: 'gradients, where steps are too small to show in the output',
      model,
      gradients: () => ({ ...finiteGradients, effective: model.variables }),
      call: (images) => soundOutput(images, 4, new Map()),
    },
    { name: 'each moves the output', summary: 'each of 2 has an effect' },
    {
      name: 'variables that only a loss reads',
      model: { losses: 1 },
      call: (images) => soundOutput(images, 4, new Map()),
    },
  ],
  fails: [
    {
      name: 'one that has no gradient either',
      model,
      gradients: () => ({ ...finiteGradients, effective: model.variables.slice(0, 1) }),
      call: (images) => soundOutput(images, 4, new Map()),
      finding: { actual: /^no effect of bias on the losses, nor on the output for \d+ images/ },
    },
    {
      name: 'a dead branch',
      model: { variables: ['kernel', 'bias', 'dead'] },
      call: (images, _args, { steps }) =>
        soundOutput(images, 4, new Map([...steps].filter(([path]) => path !== 'dead'))),
      finding: { where: 'trainable variables', actual: /^no effect of dead on the losses, nor/ },
    },
    {
      name: 'a dead branch of a model whose training calls fail, which another check tells',
      spec: { num_features: 4, fine_tuning: { trainable_variables: true, training_argument: true } },
      model: { variables: ['kernel', 'bias', 'dead'] },
      call: (images, { training }, { steps }) => {
        if (training) throw new CallFailed('no training');
        return soundOutput(images, 4, new Map([...steps].filter(([path]) => path !== 'dead')));
      },
      finding: { actual: /^no effect of dead on the losses, nor/ },
    },
  ],
  skips: [
    { name: 'no fine-tuning', spec: {}, reason: /declares no trainable/ },
    {
      name: 'an output that is random',
      call: (_images, _args, { sound, random }) => changed(sound, (value) => value + random()),
      reason: /output is random/,
    },
  ],
});
