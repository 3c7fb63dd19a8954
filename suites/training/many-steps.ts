import { agreementOf } from '../../harness/check/agreement.js';
import type { CauseKind } from '../../harness/check/cause.js';
import type { Check } from '../../harness/check/check.js';
import { rowsOf } from '../../harness/check/compare.js';
import { sumsInAnyOrder } from '../../harness/check/rounding.js';
import { callOf, type Step, sequenceText } from '../../harness/check/sequences/step.js';
import { trySequences } from '../../harness/check/sequences/try-sequences.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Call, ModelCalls, ModelFacts, Tensor } from '../../harness/engine/subject.js';
import { sizeCorners, smallestSize } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import { type Batch, firstStranger } from '../../harness/verdict/batch.js';
import { requireWellFormed } from './well-formed.js';

/** Training calls of the longest sequence. */
const manySteps = 130;

/** Random sequences, in addition to those that every run tries. */
const randomSequences = 6;

/** Share of the time for random sequences and for the shrinking of one that fails. */
const timeShare = 0.6;

export const manyStepsKept: Check = {
  id: 'training/many-steps',
  level: 'must',
  demands:
    'After any sequence of training and inference calls, outputs MUST be finite and of their shape, and inference rows MUST be independent and deterministic.',
  explain: {
    matters:
      'Training makes thousands of calls in a row. State that builds up in a variable, such as a step counter, a buffer or a statistic, can make the output infinite or couple the rows of a batch, long after the first call looked right.',
    decided:
      'Sequences of calls are made with nothing reset in between: 130 training calls, training and inference in turn, changing sizes and batch sizes, and random ones. Each output must have its shape and finite values. After each sequence, the same inference call is made twice, and once more with other images beside the first two: their rows must stay the same. A sequence that fails is shrunk to the shortest that still does.',
    fix: 'Keep the state that a training call leaves, such as counters, buffers and moving averages, bounded and valid for every later batch. Clip step counts, take sizes from the images and not from a variable, and use the statistics of the batch in training only.',
  },
  promisedBy: ['fine_tuning.training_argument', 'fine_tuning'],
  answersFor: ['not-finite-later'],
  applies: declaresTraining,
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    return trySequences({
      space: spaceOf(contract),
      corners: cornersFor(contract),
      seed,
      random: randomSequences,
      until: performance.now() + contract.limits.deadlineMs * timeShare,
      excuses,
      expect: (calls) => subject.expect(calls),
      holds: (steps) => keeps(subject, contract, steps),
    });
  },
};

/** The shortest first, so that a fault of one call is not searched for in a hundred. */
function cornersFor(contract: Contract): Step[][] {
  const small = batchAt(contract, smallestSize(contract), 2);
  const others = sizeCorners(contract)
    .sizes.slice(0, maxSizes)
    .map((size) => batchAt(contract, size, 1));
  const train = (batch: Batch): Step => ({ batch, training: true });
  const infer = (batch: Batch): Step => ({ batch, training: false });
  return [
    [train(small)],
    [infer(small), train({ ...small, count: 3 }), infer(small)],
    others.flatMap((batch) => [infer(batch), train(batch)]),
    Array.from({ length: manySteps }, (_, index) => train({ ...small, count: 2 + (index % 2), seed: index })),
  ];
}

/** Sizes that one sequence changes between. */
const maxSizes = 4;

/** Fewer images where the limits allow no more. */
function batchAt(
  contract: Contract,
  { height, width }: Pick<Batch, 'height' | 'width'>,
  count: number,
): Batch {
  const most = Math.max(1, Math.floor(contract.limits.pixelsPerCall / (height * width)));
  return { count: Math.min(count, most), height, width, pattern: 'noise', seed: 5 };
}

/** Throws a Violation where the sequence breaks the promise. */
async function keeps(
  subject: ModelCalls & ModelFacts,
  contract: Contract,
  steps: readonly Step[],
): Promise<void> {
  const inferences = inferencesFor(contract);
  const calls: readonly Call[] = [...steps.map(callOf), ...inferences.map((batch) => ({ batch }))];
  const outputs = await subject.inARow(calls);
  for (const [index, call] of calls.entries()) {
    const output = outputs[index];
    const after = sequenceText(steps.slice(0, index));
    const where = index < steps.length ? `call ${index + 1} of the sequence` : `inference after ${after}`;
    if (output) await requireWellFormed(subject, contract, { call, output, where });
  }
  const [first, again, beside] = outputs.slice(steps.length);
  const [batch] = inferences;
  if (!first || !again || !beside || !batch) return;
  const inference = { subject, contract, batch };
  const after = sequenceText(steps);
  const repeated = `the second of two equal inference calls after ${after}`;
  await requireSame(inference, [first, again], 'random-rows', repeated);
  const firstTwo = [firstRows(first, 2), firstRows(beside, 2)] as const;
  await requireSame(inference, firstTwo, 'dependent-rows', `inference beside other images after ${after}`);
}

/** An inference call, the same again, and one with other images in the place of all but the first two. */
function inferencesFor(contract: Contract): Batch[] {
  const batch = batchAt(contract, smallestSize(contract), 4);
  const rows = Array.from({ length: batch.count }, (_, row) => (row < 2 ? row : firstStranger + row));
  return [batch, batch, { ...batch, rows }];
}

/** What one call after another shows as well, without any sequence, other checks cover. */
async function requireSame(
  { subject, contract, batch }: { subject: ModelFacts; contract: Contract; batch: Batch },
  outputs: readonly [Tensor, Tensor],
  kind: CauseKind,
  where: string,
): Promise<void> {
  const { disagreement } = await agreementOf(outputs, contract, (_row, values) =>
    sumsInAnyOrder(values, batch),
  );
  if (!disagreement) return;
  const { row, unit, expected, actual } = disagreement;
  const { functionName: of } = subject.concreteFunctionFor(batch);
  const violation = new Violation({ where: `row ${row}, column ${unit}, of ${where}`, expected, actual });
  throw new LeftOut({ kind, of, text: 'The rows are not the same after a sequence of calls' }, violation);
}

function firstRows(output: Tensor, count: number): Tensor {
  const rows = rowsOf(output).slice(0, count);
  const values = Float32Array.from(rows.flatMap((row) => [...row]));
  return { ...output, shape: [rows.length, ...output.shape.slice(1)], values };
}
