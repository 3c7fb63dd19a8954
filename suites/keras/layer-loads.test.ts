import { testOnBundledModels } from '../bundled-models.test.support.js';
import { layerLoads } from './layer-loads.js';

testOnBundledModels(layerLoads, {
  'loss-in-dictionary': /^a dictionary with \["l2"\]$/,
  'loss-is-variable': /^a variable \(kernel\)$/,
  'trainable-signature': /trainable=True is unsupported when calling a signature/,
  'training-in-kwargs': /^one that only `\*\*kwargs` of __call__ takes/,
  'keras3-export': /^one that cannot be called$/,
});
