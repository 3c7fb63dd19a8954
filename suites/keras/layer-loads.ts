import { always, type Check, type Conclusion } from '../../harness/check/check.js';
import { conditions } from './conditions.js';

export const layerLoads: Check = {
  id: 'keras/layer-loads',
  level: 'must',
  demands: 'The model MUST load in `hub.KerasLayer(path, trainable=…, arguments=…)` as the spec declares it.',
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
