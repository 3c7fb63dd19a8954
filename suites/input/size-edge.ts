import type { Check } from '../../harness/check/check.js';
import type { Contract, SizeRange } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused } from '../../harness/engine/process/failures.js';
import type { ModelCalls } from '../../harness/engine/subject.js';
import { smallestSize } from '../../harness/images/corners.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { plural } from '../../harness/verdict/plural.js';

export const sizeEdge: Check = {
  id: 'input/size-edge',
  level: 'should',
  demands: 'Where the spec says that other sizes are refused, the call SHOULD refuse them with an error.',
  explain: {
    matters:
      'At a size that the model was not made for, its output looks like any other. An error is the only warning that users get.',
    decided:
      'The model is called with one image one pixel beyond each limit of the height and of the width, with the other side at its smallest. Where `step` is more than 1, a size between two steps is tried, too. Every one of these calls must fail.',
    calls:
      'One for each limit of height and width, and one between two steps. TensorFlow refuses most of them before it computes anything.',
    fix: 'Trace with a fixed size, or start the call with assertions such as `tf.debugging.assert_less_equal(tf.shape(images)[1], 512)`. If other sizes are fine, remove `outside: refused` from the spec.',
  },
  promisedBy: ['image_size.outside', 'image_size'],
  applies: ({ imageSize }) =>
    imageSize.outside === 'refused' || 'The spec does not say that other sizes are refused.',
  kind: 'measurement',
  measure: async (subject, contract) => {
    const batches = outsideOf(contract);
    // A model that refuses every call says nothing about its edges.
    await subject.call({ ...smallestSize(contract), ...plain });
    for (const batch of batches) {
      const answer = await answerTo(subject, batch);
      if (answer === undefined) continue;
      const where = `call at ${batch.height}×${batch.width}`;
      return {
        status: 'fail',
        finding: { where, expected: 'an error', actual: `an output [${answer.join(', ')}]`, batch },
      };
    }
    return {
      status: 'pass',
      summary: `${plural(batches.length, 'size')} just outside refused`,
      cases: batches.length,
    };
  },
};

async function answerTo(subject: ModelCalls, batch: Batch): Promise<readonly number[] | undefined> {
  try {
    return (await subject.call(batch)).shape;
  } catch (error) {
    if (error instanceof CallFailed || error instanceof CallRefused) return undefined;
    throw error;
  }
}

const plain = { count: 1, pattern: 'noise', seed: 1 } as const;

/** One pixel beyond each limit, and off the first step; the other side at its smallest. */
function outsideOf({ imageSize: { height, width } }: Contract): Batch[] {
  return [
    ...beyond(height).map((size) => ({ ...plain, height: size, width: width.min })),
    ...beyond(width).map((size) => ({ ...plain, height: height.min, width: size })),
  ];
}

function beyond({ min, max, step }: SizeRange): number[] {
  return [min - 1, ...(step > 1 ? [min + 1] : []), max + 1].filter((size) => size > 0);
}
