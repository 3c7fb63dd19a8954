import { afterStepInWords, drawsAfterStep } from '../../harness/check/after-step.js';
import type { Excuses } from '../../harness/check/check.js';
import { distinctTexts, numberText } from '../../harness/check/compare.js';
import { manyCalls } from '../../harness/check/sequences/step.js';
import { batchFor } from '../../harness/check/settings/declared.js';
import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import { sizeCornersIn } from '../../harness/check/size-corners.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import { unlessNotAccepted } from '../../harness/check/unless-not-accepted.js';
import type { Contract } from '../../harness/contract/contract.js';
import { lossFunctions } from '../../harness/engine/losses.js';
import type { Arguments, Call, ModelState, Subject, Tensor } from '../../harness/engine/subject.js';
import { assignedIn } from '../../harness/graph/assigned.js';
import { randomnessOf } from '../../harness/graph/randomness/random.js';
import { reachableFunctions } from '../../harness/graph/reachable.js';
import { cornersOf, sizeCorners } from '../../harness/images/corners.js';
import { areaOf } from '../../harness/images/size.js';
import { spaceOf } from '../../harness/images/space.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Batch } from '../../harness/verdict/batch.js';
import type { Finding } from '../../harness/verdict/run.js';
import { trainingArguments, trainingFunctions } from './training-function.js';

/** What is wrong with a loss, as a finding. */
export type Problem = Pick<Finding, 'where' | 'expected' | 'actual' | 'batch' | 'arguments'>;

/** Losses that calls change; `first`: what they are as stored. */
export async function* changesByCalls(
  subject: Subject,
  contract: Contract,
  excuses: Excuses,
  first: readonly Tensor[],
): AsyncGenerator<Problem, void> {
  const written = writtenInTraining(subject.model, contract);
  const large = written ? sizeCornersIn(subject.model, contract, spaceOf(contract)) : [];
  const parts = unlessExcused(histories(contract, written, large), excuses, (calls) =>
    changedAfter(calls, subject, first),
  );
  for await (const { result: changed } of parts) if (changed) yield changed;
  const moved = written && (await unlessNotAccepted(() => changedAfterStep(subject, contract)));
  if (moved) yield moved;
  const drawn =
    drawsInLosses(subject.model) && (await unlessNotAccepted(() => differentAgain(subject, contract)));
  if (drawn) yield drawn;
  for (const setting of settingsPassed(contract.hyperparameters)) {
    const changed = await unlessNotAccepted(() => changedWith(setting, subject, contract));
    if (changed) yield changed;
  }
}

/** A loss must be one finite float32 number. */
export function valueProblem({ dtype, shape, values }: Tensor, index: number): Problem | undefined {
  const [where, expected] = [`regularization_losses[${index}]`, 'one finite float32 scalar'];
  if (dtype !== 'float32' || shape.length > 0)
    return { where, expected, actual: `${dtype} [${shape.join(', ')}]` };
  return Number.isFinite(values[0]) ? undefined : { where, expected, actual: numberText(values[0]) };
}

/** A loss depends on the weights alone: no call may change it. */
async function changedAfter(
  calls: readonly Call[],
  subject: ModelState,
  first: readonly Tensor[],
): Promise<Problem | undefined> {
  const how =
    calls.length > 1 ? `after ${calls.length} calls` : calls.length > 0 ? 'after a call' : 'a second time';
  return differenceBetween(first, await subject.lossesAfter(calls), how);
}

function differenceBetween(
  first: readonly Tensor[],
  again: readonly Tensor[],
  how: string,
): Problem | undefined {
  const index = again.findIndex(({ values }, place) => !Object.is(values[0], first[place]?.values[0]));
  if (index === -1) return undefined;
  const [expected, actual] = distinctTexts(first[index]?.values[0], again[index]?.values[0]);
  return { where: `regularization_losses[${index}] ${how}`, expected, actual };
}

/** Whether a training call may write to a variable that a loss reads. */
function writtenInTraining(model: SavedModel, contract: Contract): boolean {
  const read = new Set(lossFunctions(model).flatMap(({ captures }) => captures));
  const functions = [...trainingFunctions(model, contract)];
  return functions.some((one) => [...assignedIn(model, one)].some((nodeId) => read.has(nodeId)));
}

/** A copy of the weights that a training call moves may equal them as long as they are those that were saved. */
async function changedAfterStep(subject: Subject, contract: Contract): Promise<Problem | undefined> {
  const weights = listedTrainable(subject.model);
  const batch = batchFor(contract);
  const { losses: before } = await subject.perturbed(weights, { batch });
  const { losses: after } = await subject.perturbed(weights, { batch, args: trainingArguments(contract) });
  return differenceBetween(before, after, `after a training call${afterStepInWords}`);
}

/** Whether a loss has a random operation, which the stored weights may hide: a penalty is 0 there, whatever is drawn. */
function drawsInLosses(model: SavedModel): boolean {
  return lossFunctions(model).some((one) =>
    reachableFunctions(model, [one]).some(({ nodes }) =>
      nodes.some((node) => randomnessOf(node) !== undefined),
    ),
  );
}

/** What is drawn from a few values is often the same twice. */
async function differentAgain(subject: Subject, contract: Contract): Promise<Problem | undefined> {
  const weights = listedTrainable(subject.model);
  const call = { batch: batchFor(contract) };
  const { losses: once } = await subject.perturbed(weights, call);
  for (let draw = 0; draw < drawsAfterStep; draw++) {
    const { losses: again } = await subject.perturbed(weights, call);
    const different = differenceBetween(once, again, `a second time${afterStepInWords}`);
    if (different) return different;
  }
  return undefined;
}

/**
 * A call may keep a hyperparameter, such as the strength of a loss; then the loss depends on that alone: neither on the
 * images nor on how many calls there were.
 */
async function changedWith(
  setting: Arguments,
  subject: ModelState,
  contract: Contract,
): Promise<Problem | undefined> {
  const args = { ...trainingArguments(contract), ...setting };
  const batch = batchFor(contract);
  const call = { batch, args };
  const white = { ...call, batch: { ...batch, pattern: 'white' } } as const;
  const others = { 'one of white images': [white], 'two such calls': [call, call] };
  const usual = await subject.lossesAfter([call]);
  const wrong = usual.map(valueProblem).find((one) => one !== undefined);
  const after = `after a call with ${argumentsInWords(args)}`;
  if (wrong) return { ...wrong, where: `${wrong.where} ${after}`, batch, arguments: args };
  for (const [what, calls] of Object.entries(others)) {
    const changed = differenceBetween(usual, await subject.lossesAfter(calls), `${after}, and after ${what}`);
    if (changed) return { ...changed, batch, arguments: args };
  }
  return undefined;
}

/**
 * `written`: training writes to what a loss reads, and a schedule may begin late, or with batches beyond the numbers that the
 * graph names.
 */
function histories(contract: Contract, written: boolean, beyond: readonly Batch[]): Call[][] {
  const [batch] = cornersOf(contract, 2).filter(({ pattern }) => pattern === 'noise');
  if (!batch) return [[]];
  const training = { batch, args: { training: true } };
  const withTraining = (one: Batch): Call => ({ batch: one, args: training.args });
  const large = [...largeBatches(contract), ...beyond].map(withTraining);
  const many = [training, ...large.slice(0, 1)].map((call) => Array.from({ length: manyCalls }, () => call));
  const after = [[training], ...(written ? [large, ...many] : [])];
  return [[], [{ batch }], ...(contract.fineTuning?.trainingArgument ? after : [])];
}

/** Many images of the smallest size, and a few of the largest: a schedule may count images or pixels. */
function largeBatches(contract: Contract): Batch[] {
  const sizes = sizeCorners(contract).sizes.toSorted((a, b) => areaOf(a) - areaOf(b));
  return [sizes[0], sizes.at(-1)].flatMap((size): readonly Batch[] => {
    if (size === undefined) return [];
    const count = Math.floor(Math.min(pixelsOfLarge, contract.limits.pixelsPerCall) / areaOf(size));
    return count > 2 ? [{ ...size, count, pattern: 'noise', seed: 1 }] : [];
  });
}

/** Of one training call. */
const pixelsOfLarge = 100_000;
