import type { Cause } from '../../harness/check/cause.js';
import type { Check, Conclusion } from '../../harness/check/check.js';
import { numberText } from '../../harness/check/compare.js';
import { LeftOut } from '../../harness/check/violation.js';
import type { Call, Subject } from '../../harness/engine/subject.js';
import type { ScoreBounds } from '../../harness/graph/scores/score-bounds.js';
import type { ConcreteFunction } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Finding } from '../../harness/verdict/run.js';
import { boundedScores, mayBeBounded } from './bounded-scores.js';
import { judgedByValues } from './hidden-scores.js';
import type { Judgement } from './judgement.js';
import { rowsWithPerturbedWeights } from './perturbed-weights.js';
import { callsFor } from './score-calls.js';
import { boundsOf, type FunctionScores, scoresOf } from './score-rows.js';
import { judged } from './scores.js';
import { rangeOf } from './sums.js';

export const linearScores: Check = {
  id: 'classification/linear-scores',
  level: 'must',
  demands: 'The scores MUST be linear; they MUST NOT be probabilities or logarithms of probabilities.',
  explain: {
    matters:
      'Losses such as `CategoricalCrossentropy(from_logits=True)` expect logits. Given probabilities, they train badly without an error, and applying softmax twice flattens every prediction.',
    decided:
      'The graph is followed back from the scores, at inference, in training and with hyperparameters at their ends and between, and the range of every value is worked out. A sigmoid, softmax, hard sigmoid or any other function that levels off squashes the class scores; rounding, scaling, pooling, products, logarithms and confusion matrices keep them squashed. Counts of votes, places in a sorted sequence, and tables that hold a sigmoid, with straight lines in between, squash them, too. After a dense layer or convolution, values may be any number again. A soft cap such as `30 * tanh(x / 30)`, a clip that no score reaches, gates, offsets and distances are allowed. A bound counts only where the scores of many images keep it. Rows that always sum to 1, or whose exponentials do, fail whatever the graph says. So do scores that stay in [0, 1], or are logarithms of such, however far the weights are perturbed, and come close to an end of it. Scores that are read from stored tables of numbers from 0 to 1 are a warning. Where an operation hides how the scores are computed, their values decide, or else the check is inconclusive.',
    calls:
      'None where the graph bounds no score. Else the corner cases, four batches of noise, and small batches in training and with the hyperparameters at their ends and between, since a branch may squash scores only there. Calls with perturbed weights are added where the values alone cannot decide.',
    fix: "End with the dense layer, with no activation: in Keras `Dense(num_classes)` without `activation='softmax'`. Say in the spec under `activation` what the scores are meant for.",
  },
  promisedBy: ['activation', 'num_classes'],
  applies: ({ api }) => api === 'image-classification' || 'The model is not a classifier.',
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    const calls = callsFor(subject.model, contract, seed);
    if (calls.length === 0) return { status: 'skip', reason: 'The spec allows no batch.' };
    const { scores, lost } = await scoresOf(subject, calls, excuses);
    if (lost && scores.length === 0) throw lost.error;
    const bounds = new Map<ConcreteFunction, ScoreBounds>();
    const judgements: FunctionJudgement[] = [];
    for (const each of scores) {
      const known = bounds.get(each.concreteFunction) ?? (await boundsOf(subject, contract, each));
      bounds.set(each.concreteFunction, known);
      judgements.push({ ...each, stored: known.stored, judgement: await judgementOf(subject, each, known) });
    }
    const conclusion = concluded(judgements, calls.length);
    if (lost && conclusion.status !== 'fail') throw lost.error;
    if (scores.every(({ rows }) => rows.every((row) => row.some(Number.isNaN))))
      throw new LeftOut(allNotFinite(scores));
    return conclusion;
  },
};

/** Where the graph does not decide, or the scores look like probabilities all the same, the weights are perturbed. */
async function judgementOf(
  subject: Subject,
  scores: FunctionScores,
  bounds: ScoreBounds,
): Promise<Judgement> {
  const { rows } = scores;
  const judgement = judged(rows, bounds);
  if (judgement.kind === 'nonlinear') return judgement;
  if (judgement.kind !== 'undecided' && !mayBeBounded(rows)) return judgement;
  const perturbed = await rowsWithPerturbedWeights(subject, scores);
  const bounded = boundedScores(rows, perturbed);
  if (bounded) return { kind: 'nonlinear', ...bounded };
  return judgement.kind === 'undecided' && bounds.opaque !== undefined
    ? judgedByValues(rows, bounds.opaque, perturbed)
    : judgement;
}

function allNotFinite([first]: readonly FunctionScores[]): Cause {
  return { kind: 'not-finite', of: first?.concreteFunction.functionName ?? '', text: 'Every row holds NaN' };
}

const remedy = 'Remove the softmax or sigmoid after the last layer, and let users of the scores apply it.';
const expected = 'linear scores (logits)';

type FunctionJudgement = FunctionScores & {
  readonly judgement: Judgement;
  readonly stored: ScoreBounds['stored'];
};

function concluded(functions: readonly FunctionJudgement[], cases: number): Conclusion {
  const rows = functions.flatMap((each) => each.rows);
  const range = rangeOf(rows).map(numberText).join(' to ');
  const tally = { cases, evidence: { rows: rows.length, range } };
  const judgements = functions.map(({ judgement }) => judgement);
  const broken = functions.flatMap(({ call: { args }, judgement }) =>
    judgement.kind === 'nonlinear' ? [{ args, ...judgement }] : [],
  )[0];
  if (broken) return { status: 'fail', finding: findingOf(broken), ...tally };
  const undecided = judgements.find((each) => each.kind === 'undecided');
  if (undecided) return { status: 'error', reason: undecided.why, ...tally };
  const unseen = judgements.find((each) => each.kind === 'by-values');
  const by = unseen ? `, by their values alone: ${unseen.because}` : '';
  const stored = functions.find((each) => each.stored)?.stored;
  return {
    status: 'pass',
    summary: `${rows.length} rows of linear scores, from ${range}${by}`,
    warnings: stored ? [doubtOf(stored)] : [],
    ...tally,
  };
}

/** Numbers of a table may be anything. */
function doubtOf([low, high]: readonly [number, number]): string {
  return `But they are read from stored tables whose numbers lie from ${numberText(low)} to ${numberText(high)}, as the probabilities in the leaves of trees do. If these are probabilities, store logits: their logarithms, or those of their odds`;
}

type Broken = Extract<Judgement, { kind: 'nonlinear' }> & { readonly args: Call['args'] | undefined };

function findingOf({ what, because, args }: Broken): Finding {
  const actual = `${what}: ${because}`;
  if (args === undefined) return { where: 'scores', expected, actual, remedy };
  return { where: `scores, with ${argumentsInWords(args)}`, expected, actual, arguments: args, remedy };
}
