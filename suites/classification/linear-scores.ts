import type { Cause } from '../../harness/check/cause.js';
import type { Check, Conclusion } from '../../harness/check/check.js';
import { numberText, rowsOf } from '../../harness/check/compare.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { LeftOut } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { outputIndex } from '../../harness/engine/output-index.js';
import type { Subject } from '../../harness/engine/subject.js';
import { FlowTooLarge } from '../../harness/graph/flow/flow.js';
import { type Ending, endingOf } from '../../harness/graph/scores/ending.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { nonlinear } from './scores.js';

export const linearScores: Check = {
  id: 'classification/linear-scores',
  level: 'must',
  demands: 'The scores MUST be linear; they MUST NOT be probabilities or logarithms of probabilities.',
  explain: {
    matters:
      'Losses such as `CategoricalCrossentropy(from_logits=True)` expect logits. Given probabilities, they train badly without an error, and applying softmax twice flattens every prediction.',
    decided:
      'Scores of many images are compared with what probabilities look like: rows in [0, 1] that always sum to 1, or to another number as percentages do, or whose exponentials sum to 1. The end of the graph is read as well: a softmax, log-softmax or sigmoid there, or scores in [0, 1] that go through an operation that bounds them.',
    fix: "End with the dense layer, with no activation: in Keras `Dense(num_classes)` without `activation='softmax'`. Say in the spec under `activation` what the scores are meant for.",
  },
  promisedBy: ['activation', 'num_classes'],
  applies: ({ api }) => api === 'image-classification' || 'The model is not a classifier.',
  kind: 'measurement',
  measure: async (subject, contract) => {
    const batches = batchesFor(contract);
    const [batch] = batches;
    if (batch === undefined) return { status: 'skip', reason: 'The spec allows no batch.' };
    const { rows, lost } = await scoresOf(subject, batches);
    if (lost && rows.length === 0) throw lost.error;
    const conclusion = decide(rows, ending(subject, contract, batch), batches.length);
    if (lost && conclusion.status !== 'fail') throw lost.error;
    if (rows.every((row) => row.some(Number.isNaN))) throw new LeftOut(allNotFinite(subject, batch));
    return conclusion;
  },
};

type Scores = { readonly rows: readonly Float32Array[]; readonly lost?: { readonly error: unknown } };

/** The rows of all batches; `lost`: why those of some are not among them. */
async function scoresOf(subject: Subject, batches: readonly Batch[]): Promise<Scores> {
  const rows: Float32Array[] = [];
  try {
    for (const batch of batches) rows.push(...rowsOf(await numericRows(subject, { batch })));
    return { rows };
  } catch (error) {
    return { rows, lost: { error } };
  }
}

function allNotFinite(subject: Subject, batch: Batch): Cause {
  const { functionName: of } = subject.concreteFunctionFor(batch);
  return { kind: 'not-finite', of, text: 'Every row holds NaN' };
}

const remedy = 'Remove the softmax or sigmoid after the last layer, and let users of the scores apply it.';

function decide(rows: readonly Float32Array[], end: Ending, cases: number): Conclusion {
  const found = nonlinear(rows, end);
  const range = `${numberText(least(rows))} to ${numberText(greatest(rows))}`;
  const evidence = { rows: rows.length, range, last: [...end.last] };
  if (found !== undefined) {
    const actual = `${found.what}: ${found.because}`;
    const finding = { where: 'scores', expected: 'linear scores (logits)', actual, remedy };
    return { status: 'fail', finding, cases, evidence };
  }
  return { status: 'pass', summary: `${rows.length} rows of linear scores, from ${range}`, cases, evidence };
}

/** The batches that every property tries, and noise: images as different as possible. */
function batchesFor(contract: Contract): readonly Batch[] {
  const corners = cornersOf(contract);
  const [smallest] = [...corners].sort((a, b) => a.height * a.width - b.height * b.width);
  if (smallest === undefined) return [];
  const { height, width } = smallest;
  const count = Math.max(1, Math.min(8, Math.floor(contract.limits.pixelsPerCall / (height * width))));
  const noise = [31, 32, 33, 34].map((seed): Batch => ({ height, width, count, pattern: 'noise', seed }));
  return [...corners, ...noise];
}

function ending(subject: Subject, { endpoint }: Contract, batch: Batch): Ending {
  const concreteFunction = subject.concreteFunctionFor(batch);
  try {
    return endingOf(subject.model, concreteFunction, outputIndex(concreteFunction, endpoint));
  } catch (error) {
    if (error instanceof FlowTooLarge) return { last: new Set(), elementwise: new Set(), unknown: true };
    throw error;
  }
}

function least(rows: readonly Float32Array[]): number {
  return rows.reduce((low, row) => row.reduce((a, b) => Math.min(a, b), low), Number.POSITIVE_INFINITY);
}

function greatest(rows: readonly Float32Array[]): number {
  return rows.reduce((high, row) => row.reduce((a, b) => Math.max(a, b), high), Number.NEGATIVE_INFINITY);
}
