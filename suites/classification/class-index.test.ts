import { testOnBundledModels } from '../bundled-models.test.support.js';
import { classIndex } from './class-index.js';

testOnBundledModels(classIndex, {
  'class-without-name': /^an empty line 2 in labels-one-empty\.txt$/,
  'class-with-blank-name': /^an empty line 2 in labels-one-blank\.txt$/,
  'names-one-short': /^1 name in labels-1\.txt$/,
});
