import { always, type Check, type Conclusion } from '../../harness/check/check.js';
import { conditions } from './conditions.js';
import { tracedForOthers } from './symbolic.js';

export const layerLoads: Check = {
  id: 'keras/layer-loads',
  level: 'must',
  demands:
    'The model MUST load in `hub.KerasLayer(path, trainable=…, arguments=…)` with the values that the spec declares.',
  explain: {
    matters:
      'Most Keras users load published models with `hub.KerasLayer`. They cannot use a model that it refuses.',
    decided:
      'The files are searched for each condition under which the loader of tensorflow_hub 0.16.1 raises an error. These are: a missing `__call__`, signature or output, lists that hold anything but variables, losses that cannot be called, fine-tuning of a signature, and a `tfhub_module.pb`. The finding names the function that would raise the error. Nor may the layer drop `training` without an error, where only `**kwargs` takes it. It is a warning if Keras, which traces calls for images of unknown sizes and numbers, then picks a function for one size or batch alone.',
    fix: 'Save a root object with a `__call__`. Put only variables into its lists of variables, and make its losses tf.functions. Signatures cannot be fine-tuned.',
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
    const doubt = tracedForOthers(model, contract);
    const summary = `loads in hub.KerasLayer(path, ${trainable})`;
    return { status: 'pass', summary, ...(doubt === undefined ? {} : { warnings: [doubt] }) };
  },
};
