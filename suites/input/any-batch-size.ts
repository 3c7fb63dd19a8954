import { always, type Check } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import { countCorners, smallestSize } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const anyBatchSize: Check = {
  id: 'input/any-batch-size',
  level: 'must',
  demands: 'The call MUST run with any positive number of images, and SHOULD run with none.',
  explain: {
    matters: 'Batches come in every size: one image in a service, a remainder at the end of a data set.',
    decided:
      'At the smallest size the model is called with 1 to 5, 7, 8, 11, 13, 16, 17, 32, 64 and 100 images, as far as the limit of pixels per call allows. It is also called with 0 images; a failure there is only a warning, and is ignored where this TensorFlow itself gets empty batches wrong.',
    fix: 'Trace with `None` as the batch size, and never write it as a number: reshape with -1 or `tf.shape(x)[0]`, and give `tf.squeeze` its axes.',
  },
  applies: always,
  kind: 'measurement',
  measure: async (subject, contract) => {
    const batches = batchesOf(contract);
    await subject.expect(batches.map((batch) => ({ batch })));
    const answers: (string | undefined)[] = [];
    for (const batch of batches) answers.push(await failureOf(subject, batch));
    const failed = batches.find((_, index) => answers[index] !== undefined);
    const evidence = { batches: batches.map(({ count }) => count) };
    if (!failed) {
      const warnings = await emptyBatch(subject, contract);
      const summary = `runs with ${evidence.batches.join(', ')} images`;
      return { status: 'pass', summary, cases: batches.length, warnings, evidence };
    }
    const actual = answers[batches.indexOf(failed)] ?? '';
    if (!answers.includes(undefined)) return { status: 'skip', reason: `No batch size runs: ${actual}` };
    const where = `call with ${failed.count} image${failed.count === 1 ? '' : 's'}`;
    return {
      status: 'fail',
      finding: { where, expected: 'an output', actual, batch: failed },
      cases: batches.length,
      evidence,
    };
  },
};

/** Small counts, a few primes, powers of two and a large one, all at the smallest size. */
function batchesOf(contract: Contract): Batch[] {
  const size = smallestSize(contract);
  const maxCount = Math.floor(contract.limits.pixelsPerCall / (size.height * size.width));
  const counts = [...countCorners(spaceOf(contract)), 4, 8, 11, 16, 17, 64, 100].filter(
    (count) => count <= Math.max(1, maxCount),
  );
  return [...new Set(counts)]
    .sort((a, b) => a - b)
    .map((count) => ({ ...size, count, pattern: 'mixed', seed: 3 }));
}

async function failureOf(subject: Subject, batch: Batch): Promise<string | undefined> {
  try {
    await subject.call(batch);
    return undefined;
  } catch (error) {
    if (error instanceof CallFailed || error instanceof CallRefused) return error.message;
    throw error;
  }
}

async function emptyBatch(subject: Subject, contract: Contract): Promise<string[]> {
  const [batch] = batchesOf(contract);
  const failure = batch && (await failureOf(subject, { ...batch, count: 0 }));
  if (failure === undefined || !(await subject.computesEmptyBatches())) return [];
  return [`A batch of 0 images SHOULD run, but does not: ${failure}`];
}
