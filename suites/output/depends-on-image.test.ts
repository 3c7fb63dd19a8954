import { tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { dependsOnImage } from './depends-on-image.js';

testCheck(dependsOnImage, {
  passes: [{ name: 'rows that differ from image to image' }],
  fails: [{ name: 'a constant', call: ({ count }) => tensor([count, 4], 1), finding: { actual: /./ } }],
});
