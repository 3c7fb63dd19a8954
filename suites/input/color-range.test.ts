import { testCheck } from '../../harness/run/testing/test-check.js';
import { colorRange } from './color-range.js';

testCheck(colorRange, {
  passes: [
    { name: 'the range that the contract asks for' },
    { name: 'the same, written out', spec: { color_range: [0, 1] } },
  ],
  fails: [
    { name: 'from -1 to 1', spec: { color_range: [-1, 1] }, finding: { actual: /-1/ } },
    { name: 'from 0 to 255', spec: { color_range: [0, 255] }, finding: { actual: /255/ } },
  ],
});
