import { testOnBundledModels } from '../bundled-models.test.support.js';
import { layerLoads } from './layer-loads.js';

testOnBundledModels(layerLoads, {
  'loss-in-dictionary': /^a dictionary with \["l2"\]$/,
  'loss-is-variable': /^a variable \(kernel\)$/,
  'trainable-signature': /trainable=True is unsupported when calling a signature/,
  'keras3-export': /^one that cannot be called$/,
});
