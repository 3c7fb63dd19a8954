import { testOnBundledModels } from '../bundled-models.test.support.js';
import { insideItsFolder } from './inside-its-folder.js';
import { noDangerousOps } from './no-dangerous-ops.js';

testOnBundledModels(noDangerousOps, {
  'dataset-reads-path': /^TextLineDataset .*, which reads files/,
  'debug-to-url': /^DebugIdentityV3 .*, which sends tensors to an address/,
  'matches-files': /^MatchingFiles .*, which lists files/,
  'prints-where-caller-says': /^PrintV2 .*, which prints into a file/,
  'python-in-signature': /^EagerPyFunc .*, which runs Python/,
  'reads-file': /^ReadFile .*, which reads files/,
  'saves-tensor': /^SaveV2 .*, which writes files/,
  'saves-when-optimized': /^SaveV2 \(save_more in keeps\), which writes files/,
  'saves-when-restored': /^SaveV2 \(save_more in the main graph\), which writes files/,
  'writes-file': /^WriteFile .*, which writes files/,
  'writes-when-optimized': /^WriteFile \(write in other_implementation\), which writes files/,
});

// The archive that leaves its folder is refused before there is a model to read.
testOnBundledModels(
  insideItsFolder,
  {
    'asset-above-folder': /^the path \.\.\/\.\.\/labels-6\.txt$/,
    'asset-absolute': /^the path \/etc\/hostname$/,
    'asset-linked-out': /^one to \.\.\/\.\.\/labels-6\.txt$/,
  },
  ['archive-leaves-folder'],
);
