import { testOnBundledModels } from '../bundled-models.test.support.js';
import { gradientsReach } from './gradients-reach.js';
import { listed } from './listed.js';
import { trainableListed } from './trainable-listed.js';

testOnBundledModels(listed, {
  'no-variables-list': /^no such attribute on the root object$/,
  'variable-forgotten': /^a list without norm\.moving_variance, which the call uses$/,
  'variable-listed-twice': /^dense\.bias twice$/,
});

testOnBundledModels(trainableListed, {
  'no-trainable-list': /^no such attribute on the root object$/,
  'trainable-list-holds-frozen':
    /^convolution\.kernel, which was saved with trainable=False and gets no gradient$/,
  'trainable-list-empty': /^an empty list$/,
  'trainable-not-in-variables': /^dense\.bias, which is not in variables$/,
});

testOnBundledModels(gradientsReach, {
  'vectors-of-unknown-size': /^TensorFlow raises NotImplementedError: SVD gradient .* for Svd \(/,
  'gradient-raises':
    /^TensorFlow raises LookupError: no gradient is defined for AdjustContrastv2 \(adjust_contrast in \w+\)$/,
  'gradient-refused-on-branch':
    /^TensorFlow raises LookupError: no gradient is defined for PreventGradient \(PreventGradient in \w+\)$/,
  'gradient-stopped':
    /^none gets past StopGradient \(StopGradient in \w+\): it has no gradient \(and so for 4 more\)$/,
  'gradient-stopped-on-branch':
    /^none gets past StopGradient \(StopGradient in \w+\): it has no gradient \(and so for 2 more\)$/,
  'second-function-stops-gradients': /^none gets past StopGradient .*\(and so for 4 more\)$/,
  'rounded-rows': /^none gets past Round \(Round in \w+\): it has no gradient \(and so for 4 more\)$/,
  'maximum-one-hot': /^none gets past OneHot \(one_hot in \w+\): it has no gradient \(and so for 4 more\)$/,
});
