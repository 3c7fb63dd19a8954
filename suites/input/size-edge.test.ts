import { CallFailed } from '../../harness/engine/process/failures.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { sizeEdge } from './size-edge.js';

const spec = {
  image_size: { height: { min: 8, max: 12 }, width: { min: 8, max: 12 }, outside: 'refused' as const },
};
const inRange = (size: number) => size >= 8 && size <= 12;

testCheck(sizeEdge, {
  spec,
  passes: [
    {
      name: 'an error just outside',
      call: ({ height, width }, _args, { sound }) => {
        if (!inRange(height) || !inRange(width)) throw new CallFailed('refused');
        return sound;
      },
    },
  ],
  fails: [
    { name: 'numbers just outside', finding: { actual: /an output/ } },
    {
      name: 'numbers for wide images only',
      call: ({ height }, _args, { sound }) => {
        if (!inRange(height)) throw new CallFailed('refused');
        return sound;
      },
      finding: { batch: { height: 8 } },
    },
  ],
  skips: [{ name: 'a spec that does not say', spec: {}, reason: /./ }],
});
