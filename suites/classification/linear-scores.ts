import type { Cause } from '../../harness/check/cause.js';
import type { Check, Conclusion } from '../../harness/check/check.js';
import { numberText } from '../../harness/check/compare.js';
import { LeftOut } from '../../harness/check/violation.js';
import { batchesFor } from './score-batches.js';
import { boundsOf, type FunctionScores, scoresOf } from './score-rows.js';
import { type Judgement, judged } from './scores.js';
import { rangeOf } from './sums.js';

export const linearScores: Check = {
  id: 'classification/linear-scores',
  level: 'must',
  demands: 'The scores MUST be linear; they MUST NOT be probabilities or logarithms of probabilities.',
  explain: {
    matters:
      'Losses such as `CategoricalCrossentropy(from_logits=True)` expect logits. Given probabilities, they train badly without an error, and applying softmax twice flattens every prediction.',
    decided:
      'The graph is followed back from the scores, and the range of every value is worked out. A sigmoid, a softmax or any other squashing function bounds the class scores that it is given. Rounding, scaling, pooling, products, logarithms and confusion matrices keep them bounded. What a dense layer or convolution makes of bounded features may be any number again. A soft cap such as `30 * tanh(x / 30)`, a clip that no score reaches, gates, offsets and distances are allowed. The scores of many images must agree with what the graph says. Rows that always sum to 1, or whose exponentials do, fail whatever the graph says; where it cannot be followed, the scores decide alone if they can.',
    fix: "End with the dense layer, with no activation: in Keras `Dense(num_classes)` without `activation='softmax'`. Say in the spec under `activation` what the scores are meant for.",
  },
  promisedBy: ['activation', 'num_classes'],
  applies: ({ api }) => api === 'image-classification' || 'The model is not a classifier.',
  kind: 'measurement',
  measure: async (subject, contract) => {
    const batches = batchesFor(contract);
    if (batches.length === 0) return { status: 'skip', reason: 'The spec allows no batch.' };
    const { scores, lost } = await scoresOf(subject, batches);
    if (lost && scores.length === 0) throw lost.error;
    const judgements: Judgement[] = [];
    for (const each of scores) judgements.push(judged(each.rows, await boundsOf(subject, contract, each)));
    const conclusion = concluded(scores, judgements, batches.length);
    if (lost && conclusion.status !== 'fail') throw lost.error;
    if (scores.every(({ rows }) => rows.every((row) => row.some(Number.isNaN))))
      throw new LeftOut(allNotFinite(scores));
    return conclusion;
  },
};

function allNotFinite([first]: readonly FunctionScores[]): Cause {
  return { kind: 'not-finite', of: first?.concreteFunction.functionName ?? '', text: 'Every row holds NaN' };
}

const remedy = 'Remove the softmax or sigmoid after the last layer, and let users of the scores apply it.';
const expected = 'linear scores (logits)';

function concluded(
  scores: readonly FunctionScores[],
  judgements: readonly Judgement[],
  cases: number,
): Conclusion {
  const rows = scores.flatMap((each) => each.rows);
  const range = rangeOf(rows).map(numberText).join(' to ');
  const evidence = { rows: rows.length, range };
  const tally = { cases, evidence };
  const broken = judgements.find((each) => each.kind === 'nonlinear');
  if (broken) {
    const finding = { where: 'scores', expected, actual: `${broken.what}: ${broken.because}`, remedy };
    return { status: 'fail', finding, ...tally };
  }
  const undecided = judgements.find((each) => each.kind === 'undecided');
  if (undecided) return { status: 'error', reason: undecided.why, ...tally };
  const unseen = judgements.find((each) => each.kind === 'by-values');
  const by = unseen ? `, by their values alone: ${unseen.because}` : '';
  return { status: 'pass', summary: `${rows.length} rows of linear scores, from ${range}${by}`, ...tally };
}
