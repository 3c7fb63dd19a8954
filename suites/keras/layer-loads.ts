import { always, type Check, type Conclusion } from '../../harness/check/check.js';
import { conditions } from './conditions.js';

export const layerLoads: Check = {
  id: 'keras/layer-loads',
  level: 'must',
  demands: 'The model MUST load in `hub.KerasLayer(path, trainable=…, arguments=…)` as the spec declares it.',
  explain: {
    matters:
      '`hub.KerasLayer` is how most Keras users take a published model. What it refuses, they cannot use.',
    decided:
      'Each condition under which tensorflow_hub 0.16.1 raises an error, read off its loader, is looked for in the files: no `__call__` or no such signature, lists that hold anything but variables, losses that cannot be called, fine-tuning of a signature, an output of another name, a `tfhub_module.pb`. The finding names the function that would raise it.',
    mend: 'Save a root object with a `__call__`; lists on it hold variables only, and losses are tf.functions. Signatures cannot be fine-tuned.',
  },
  applies: always,
  kind: 'reading',
  read: (model, contract): Conclusion => {
    for (const { raisedIn, broken } of conditions) {
      const found = broken(model, contract);
      if (found === undefined) continue;
      const where = `hub.KerasLayer, in tensorflow_hub’s ${raisedIn}`;
      return { status: 'fail', finding: { where, ...found } };
    }
    const trainable = contract.fineTuning ? 'trainable=True' : 'trainable=False';
    return { status: 'pass', summary: `nothing in the way of hub.KerasLayer(path, ${trainable})` };
  },
};
