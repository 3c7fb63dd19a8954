import { afterStepInWords, drawsAfterStep, outputsAfterStep } from '../../harness/check/after-step.js';
import { agreementOf } from '../../harness/check/agreement.js';
import { always, type Check } from '../../harness/check/check.js';
import { sumsInAnyOrder } from '../../harness/check/last-bits.js';
import { mayDraw } from '../../harness/check/may-draw.js';
import { requireNumbers, requireRows } from '../../harness/check/numeric-rows.js';
import { promisedCalls } from '../../harness/check/promised-calls.js';
import { type Compared, looser } from '../../harness/check/tolerance.js';
import { type ComparedOutputs, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Subject, Tensor } from '../../harness/engine/subject.js';
import { mutates } from '../../harness/graph/reachable.js';
import { cornersOf, isSmallest } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { ConcreteFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const deterministic: Check = {
  id: 'inference/deterministic',
  level: 'must',
  demands: 'The same call, made twice, MUST give the same rows.',
  explain: {
    matters: 'Tests, caches and comparisons rely on the same image giving the same answer.',
    decided:
      'Each batch is called twice in a row, with nothing reset in between, and the rows must have the same bits, except for the last few bits, which depend on the order of sums. Where the graph has nothing random and assigns nothing, 25 batches are enough. Else, calls are made with perturbed weights as well, since a factor that is 0 when saved hides noise: two, and 17 where the graph has something random.',
    calls:
      'One for each case, as the other is shared with `input/every-size`. 25 cases are enough where the graph has nothing random and assigns nothing.',
    fix: 'Draw random numbers only `if training:`, in augmentation, noise and dropout alike, and keep counters and caches out of the output.',
  },
  answersFor: ['random-rows'],
  applies: always,
  comparisons: 'recorded',
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  enough: (subject, contract) =>
    canVary(subject.model, functionsRun(subject, contract)) ? undefined : confirmations,
  holds: async (subject, batch, contract) => {
    const [first, second] = await twice(subject, batch);
    if (!first || !second) return;
    for (const output of [first, second]) {
      requireNumbers(subject, { batch }, output);
      requireRows(subject, { batch }, output);
    }
    const compared = await requireAgreement([first, second], contract, batch);
    return looser(compared, await requireSameAfterStep(subject, contract, batch));
  },
  held: () => 'the same rows twice',
};

/** Noise may have a factor that is 0 when saved. */
async function requireSameAfterStep(
  subject: Subject,
  contract: Contract,
  batch: Batch,
): Promise<Compared | undefined> {
  const run = [subject.concreteFunctionFor(batch)];
  if (!canVary(subject.model, run) || !isSmallest(batch, contract)) return undefined;
  const times = mayDraw(subject.model, run) ? drawsAfterStep + 1 : 2;
  const [first, ...others] = (await outputsAfterStep(subject, { batch }, times)) ?? [];
  if (!first) return undefined;
  let worst: Compared | undefined;
  for (const other of others)
    worst = looser(worst, await requireAgreement([first, other], contract, batch, afterStepInWords));
  return worst;
}

async function requireAgreement(
  outputs: ComparedOutputs,
  contract: Contract,
  batch: Batch,
  how = '',
): Promise<Compared> {
  const { compared, disagreement } = await agreementOf(outputs, contract, (_row, values) =>
    sumsInAnyOrder(values, batch),
  );
  if (!disagreement) return compared;
  const { row, unit, expected, actual, units } = disagreement;
  const place = `in row ${row}, column ${unit}, as in the first`;
  const where = `rows of the second of two equal calls${how}`;
  throw new Violation({ where, expected: `${expected} ${place}`, actual, units }, { compared, outputs });
}

/** In a row, with nothing reset in between; where nothing can vary, the call that is remembered may count as the first. */
async function twice(subject: Subject, batch: Batch): Promise<Tensor[]> {
  const again = await (canVary(subject.model, [subject.concreteFunctionFor(batch)])
    ? subject.inARow([{ batch }, { batch }])
    : subject.inARow([{ batch }]));
  return again.length > 1 ? again : [await subject.call(batch), ...again];
}

/** Cases for a model whose graph has no randomness and no state: they confirm what it shows. */
const confirmations = 25;

function canVary(model: SavedModel, concreteFunctions: readonly ConcreteFunction[]): boolean {
  return mayDraw(model, concreteFunctions) || concreteFunctions.some((one) => mutates(model, one));
}

/** Those that calls at inference run; all of them where none accepts any. */
function functionsRun({ model, endpoint }: Subject, contract: Contract): readonly ConcreteFunction[] {
  const called = promisedCalls(model, contract).map(({ concreteFunction }) => concreteFunction);
  return called.length > 0 ? called : (endpoint?.concreteFunctions ?? []);
}
