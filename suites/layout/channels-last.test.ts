import { testOnBundledModels } from '../bundled-models.test.support.js';
import { channelsLast } from './channels-last.js';

testOnBundledModels(channelsLast, {
  'one-layer-channels-first': /^NCHW in Conv2D \(Conv2D_1 in \w+\), and 1 more of 4$/,
});
