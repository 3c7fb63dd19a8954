import { always, type Check } from '../../harness/check/check.js';
import { differenceOf, rowOf } from '../../harness/check/compare.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Noise, Tensor } from '../../harness/engine/subject.js';
import { sizeCorners } from '../../harness/images/corners.js';
import type { Batch, Pattern } from '../../harness/verdict/batch.js';

/** `framed` images share their outermost pixels: a model that reads only the first one can't tell them apart. */
const telling: readonly Pattern[] = ['noise', 'framed'];

export const dependsOnImage: Check = {
  id: 'output/depends-on-image',
  level: 'should',
  demands: 'Different images SHOULD give different rows.',
  explain: {
    matters:
      'A model that gives the same row for every image is of no use, and its constant answer can look plausible for a long time.',
    decided:
      'At up to four sizes, up to eight different images are called together: images of noise, and images that differ in their inner pixels only. It fails when all rows of a call are equal, up to the rounding measured on this model.',
    mend: 'Make sure that the call uses `images`, and that the weights saved are the trained ones: a last kernel of zeros, or ReLUs that never fire, leave only the bias.',
  },
  applies: always,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const batches = batchesFor(contract);
    for (const batch of batches) {
      if (!allRowsEqual(await subject.call(batch), await subject.noise())) continue;
      const actual = `${batch.count} different images gave one and the same row`;
      return {
        status: 'fail',
        finding: { where: 'output rows', expected: 'rows that differ', actual, batch },
      };
    }
    return { status: 'pass', summary: 'different images gave different rows', cases: batches.length };
  },
};

function batchesFor(contract: Contract): Batch[] {
  const sizes = sizeCorners(contract).sizes.slice(0, 4);
  return sizes.flatMap((size) => {
    const count = Math.max(
      2,
      Math.min(8, Math.floor(contract.limits.pixelsPerCall / (size.height * size.width))),
    );
    return telling
      .filter((pattern) => pattern === 'noise' || Math.min(size.height, size.width) > 4)
      .map((pattern) => ({ ...size, count, pattern, seed: 5 }));
  });
}

/** Up to rounding: the same pixels in another row of a batch can give another last bit. */
function allRowsEqual(output: Tensor, noise: Noise): boolean {
  const [first, ...others] = Array.from({ length: output.shape[0] ?? 0 }, (_, row) => rowOf(output, row));
  return (
    first !== undefined &&
    others.length > 0 &&
    others.every((row) => differenceOf(first, row, noise) === undefined)
  );
}
