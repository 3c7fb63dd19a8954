import { always, type Check, type Failure } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused, EngineError } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import { countCorners, smallestSize } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { plural } from '../../harness/verdict/plural.js';

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
  answersFor: ['batch-failed'],
  applies: always,
  kind: 'measurement',
  measure: async (subject, contract, _seed, excuses) => {
    const batches = batchesOf(contract);
    await subject.expect(batches.map((batch) => ({ batch })));
    const { ran, failed, lost } = await outcomesOf(subject, batches);
    const [first] = failed;
    const evidence = { batches: batches.map(({ count }) => count) };
    for (const one of ran > 0 ? failed : []) {
      if ((await excuses.answering(one.error)) === undefined)
        return { ...failureOf(subject, one), cases: ran + failed.length, evidence };
    }
    // Of no number of images that runs, it is not the number that is at fault.
    if (first) throw first.error;
    if (lost) throw lost;
    const warnings = await emptyBatch(subject, contract);
    const summary = `runs with ${evidence.batches.join(', ')} images`;
    return { status: 'pass', summary, cases: ran, warnings, evidence };
  },
};

type Failed = { readonly batch: Batch; readonly error: CallFailed | CallRefused };

/** Calls each; `lost`: why the rest could not be called. */
async function outcomesOf(
  subject: Subject,
  batches: readonly Batch[],
): Promise<{ readonly ran: number; readonly failed: readonly Failed[]; readonly lost?: EngineError }> {
  const failed: Failed[] = [];
  for (const [index, batch] of batches.entries()) {
    try {
      const error = await errorOf(subject, batch);
      if (error) failed.push({ batch, error });
    } catch (lost) {
      if (!(lost instanceof EngineError)) throw lost;
      return { ran: index - failed.length, failed, lost };
    }
  }
  return { ran: batches.length - failed.length, failed };
}

function failureOf(subject: Subject, { batch, error }: Failed): Failure {
  const where = `call with ${plural(batch.count, 'image')}`;
  const finding = { where, expected: 'an output', actual: error.message, batch };
  if (error instanceof CallRefused) return { status: 'fail', finding, explains: [] };
  const { functionName } = subject.concreteFunctionFor(batch);
  return { status: 'fail', finding, explains: [{ kind: 'batch-failed', of: functionName }] };
}

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

async function errorOf(subject: Subject, batch: Batch): Promise<Failed['error'] | undefined> {
  try {
    await subject.call(batch);
    return undefined;
  } catch (error) {
    if (error instanceof CallFailed || error instanceof CallRefused) return error;
    throw error;
  }
}

async function emptyBatch(subject: Subject, contract: Contract): Promise<string[]> {
  const [batch] = batchesOf(contract);
  const failure = batch && (await errorOf(subject, { ...batch, count: 0 }));
  if (failure === undefined || !(await subject.computesEmptyBatches())) return [];
  return [`A batch of 0 images SHOULD run, but does not: ${failure.message}`];
}
