import { always, type Check, type Conclusion, type Excuses } from '../../harness/check/check.js';
import { sizeCornersIn } from '../../harness/check/size-corners.js';
import { sizesOfOtherFunctions } from '../../harness/check/sizes-of-functions.js';
import type { Contract } from '../../harness/contract/contract.js';
import { CallFailed, CallRefused, EngineError } from '../../harness/engine/process/failures.js';
import type { Subject } from '../../harness/engine/subject.js';
import { countCorners, smallestSize } from '../../harness/images/corners.js';
import { areaOf, isOfSize, pixelsIn } from '../../harness/images/size.js';
import { spaceOf } from '../../harness/images/space.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { distinct } from '../../harness/verdict/distinct.js';
import { plural } from '../../harness/verdict/plural.js';

export const anyBatchSize: Check = {
  id: 'input/any-batch-size',
  level: 'must',
  demands:
    'The call MUST run with any positive number of images and give a row for each, and SHOULD run with none.',
  explain: {
    matters: 'Batches come in every size: one image in a service, a remainder at the end of a data set.',
    decided:
      'At the smallest size, and at those of others that run other functions, the model is called with 1 to 8 images and with larger numbers up to 257. Primes, powers of two and their neighbours are among them, and so are numbers just above those that the graph compares it with. The limits of pixels per call and of time may leave out some, which the summary names. It is also called with 0 images; a failure there is only a warning, and is ignored where this TensorFlow itself gets empty batches wrong.',
    calls:
      'One for each number of images, about 25: a model that was traced for some numbers fails at others, and no two need fail alike.',
    fix: 'Trace with `None` as the batch size, and never write it as a number: reshape with -1 or `tf.shape(x)[0]`, and give `tf.squeeze` its axes. Let micro-batches process the remainder, too.',
  },
  answersFor: ['batch-failed'],
  applies: always,
  kind: 'measurement',
  foreseen: (model, contract) => batchesOf(model, contract).map((batch) => ({ batch })),
  measure: async (subject, contract, _seed, excuses) => {
    const batches = batchesOf(subject.model, contract);
    const outcomes = await outcomesOf(subject, batches, contract.limits.deadlineMs);
    const { summary, ...counted } = told(outcomes, batches);
    const failure = await failureIn(subject, outcomes, excuses);
    if (failure) return { ...failure, ...counted };
    // If no number of images runs, the number is not the cause.
    const [first] = outcomes.failed;
    if (first) throw first.error;
    if (outcomes.lost) throw outcomes.lost;
    if (counted.cases < Math.min(minCases, batches.length)) return outOfTime(counted, batches);
    return { status: 'pass', summary, ...counted, warnings: await emptyBatch(subject, batches[0]) };
  },
};

type Failed = { readonly batch: Batch; readonly error: CallFailed | CallRefused };
/** A batch for which there are more or fewer rows than images. */
type Miscounted = { readonly batch: Batch; readonly rows: number };

type Outcomes = {
  readonly tried: readonly Batch[];
  readonly failed: readonly Failed[];
  readonly miscounted: readonly Miscounted[];
  /** Why the rest could not be called. */
  readonly lost?: EngineError;
};

/** Numbers of images of which a pass must tell, at least. */
const minCases = 5;

/** Share of the time that calls may take; the rest is for the empty batch. */
const timeShare = 0.7;

/** Calls each, from few images to many, until the next call would take too long. */
async function outcomesOf(
  subject: Subject,
  batches: readonly Batch[],
  deadlineMs: number,
): Promise<Outcomes> {
  const until = performance.now() + deadlineMs * timeShare;
  const tried: Batch[] = [];
  const failed: Failed[] = [];
  const miscounted: Miscounted[] = [];
  let perImageMs = 0;
  for (const batch of batches) {
    const start = performance.now();
    if (start + perImageMs * batch.count > until) break;
    try {
      const rows = await rowsFor(subject, batch);
      if (rows instanceof Error) failed.push({ batch, error: rows });
      else if (rows !== batch.count) miscounted.push({ batch, rows });
    } catch (lost) {
      if (lost instanceof EngineError) return { tried, failed, miscounted, lost };
      throw lost;
    }
    tried.push(batch);
    perImageMs = (performance.now() - start) / batch.count;
  }
  return { tried, failed, miscounted };
}

/** A failed call that no other check covers, if some number runs; or else a wrong number of rows. */
async function failureIn(
  subject: Subject,
  { tried, failed, miscounted: [wrong] }: Outcomes,
  { answering }: Excuses,
): Promise<Conclusion | undefined> {
  for (const { batch, error } of failed.length < tried.length ? failed : []) {
    if ((await answering(error)) !== undefined) continue;
    const finding = { where: callWith(batch), expected: 'an output', actual: error.message, batch };
    if (error instanceof CallRefused) return { status: 'fail', finding, explains: [] };
    const { functionName } = subject.concreteFunctionFor(batch);
    return { status: 'fail', finding, explains: [{ kind: 'batch-failed', of: functionName }] };
  }
  if (!wrong) return undefined;
  const { batch, rows } = wrong;
  const [expected, actual] = [plural(batch.count, 'row'), plural(rows, 'row')];
  return { status: 'fail', finding: { where: callWith(batch), expected, actual, batch }, explains: [] };
}

function callWith({ count }: Batch): string {
  return `call with ${plural(count, 'image')}`;
}

function told({ tried }: Outcomes, batches: readonly Batch[]) {
  const counts = distinct(tried.map(({ count }) => count));
  const leftOut = distinct(batches.slice(tried.length).map(({ count }) => count));
  const rest = leftOut.length > 0 ? `; no time for ${leftOut.join(', ')}: limits.deadline` : '';
  const evidence = { batches: counts, ...(leftOut.length > 0 ? { leftOut } : {}) };
  return { summary: `runs with ${counts.join(', ')} images${rest}`, cases: tried.length, evidence };
}

function outOfTime(
  counted: Omit<ReturnType<typeof told>, 'summary'>,
  { length }: readonly Batch[],
): Conclusion {
  const reason = `Only ${counted.cases} of ${length} batch sizes fitted into the time limit; raise limits.deadline.`;
  return { status: 'error', reason, ...counted };
}

/**
 * Small counts, a few primes, powers of two and their neighbours, and what the graph names: at the smallest size, and where
 * others run another concrete function, at the smallest of these.
 */
function batchesOf(model: SavedModel, contract: Contract): Batch[] {
  const space = spaceOf(contract);
  const usual = [...countCorners(space), ...[4, 8, 11, 16, 17, 32, 64, 100, 128, 129, 255, 257]];
  const sizes = [smallestSize(contract), ...sizesOfOtherFunctions(model, contract)];
  const named = sizeCornersIn(model, contract, space);
  const batches = sizes.flatMap((size) => {
    const maxCount = Math.max(1, Math.floor(contract.limits.pixelsPerCall / areaOf(size)));
    const counts = [
      ...usual,
      ...named.filter((batch) => isOfSize(batch, size)).map(({ count }) => count),
    ].filter((count) => count <= maxCount);
    return counts.map((count): Batch => ({ ...size, count, pattern: 'mixed', seed: 3 }));
  });
  return distinct(batches).toSorted((one, other) => pixelsIn(one) - pixelsIn(other));
}

/** Rows of the output, if it is a matrix; other shapes are for the output checks to tell. */
async function rowsFor(subject: Subject, batch: Batch): Promise<number | Failed['error']> {
  try {
    const { shape } = await subject.call(batch);
    return shape.length === 2 ? (shape[0] ?? 0) : batch.count;
  } catch (error) {
    if (error instanceof CallFailed || error instanceof CallRefused) return error;
    throw error;
  }
}

async function emptyBatch(subject: Subject, batch: Batch | undefined): Promise<string[]> {
  const failure = batch && (await rowsFor(subject, { ...batch, count: 0 }));
  if (!(failure instanceof Error) || !(await subject.computesEmptyBatches())) return [];
  return [`A batch of 0 images SHOULD run, but does not: ${failure.message}`];
}
