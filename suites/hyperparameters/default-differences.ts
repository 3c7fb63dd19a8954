import { differenceOf } from '../../harness/check/compare.js';
import { manyCalls } from '../../harness/check/sequences/step.js';
import { batchFor, largerBatches, manyImages } from '../../harness/check/settings/declared.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Arguments, Subject } from '../../harness/engine/subject.js';
import type { Batch } from '../../harness/verdict/batch.js';
import {
  allFinite,
  type Behaviour,
  behaviourInARow,
  behaviourOf,
  behaviourWhenMoved,
  differenceBetween,
  isRandom,
  outputsAfter,
} from './behaviour.js';
import type { DefaultSetting } from './defaults.js';
import { widened } from './widened.js';

/** What differs when a default is left out, in words. */
export type DefaultDifference = { readonly actual: string; readonly batch: Batch };

/** Arguments of the call without the default, and of the one with it. */
type Pair = readonly [left: Arguments, passed: Arguments];

/** What differs between a call that is given the default and one that is not. @throws CallRefused, CallFailed, LeftOut */
export async function differenceByDefault(
  subject: Subject,
  contract: Contract,
  setting: DefaultSetting,
): Promise<DefaultDifference | undefined> {
  const pair = [setting.usual, { ...setting.usual, ...setting.given }] as const;
  switch (setting.kind) {
    case 'alone':
      return differenceInBatches(subject, contract, pair, fewAndMany(contract));
    case 'beside':
      return (await compared(subject, manyImages(contract), pair)).difference;
    case 'after':
      return differenceAfter(subject, batchFor(contract), pair, setting.earlier);
    case 'late':
      return differenceLate(subject, batchFor(contract), pair);
    case 'moved':
      return differenceMoved(subject, batchFor(contract), pair);
  }
}

async function differenceInBatches(
  subject: Subject,
  contract: Contract,
  pair: Pair,
  batches: readonly Batch[],
): Promise<DefaultDifference | undefined> {
  let random = false;
  for (const batch of batches) {
    const found = await compared(subject, batch, pair);
    if (found.difference) return found.difference;
    random ||= found.random;
  }
  return random ? undefined : differenceWhenLarger(subject, contract, pair);
}

async function compared(
  subject: Subject,
  batch: Batch,
  [left, passed]: Pair,
): Promise<{ readonly difference: DefaultDifference | undefined; readonly random: boolean }> {
  if (subject.sameCall(batch, left, passed)) return { difference: undefined, random: false };
  const usual = await behaviourOf(subject, { batch, args: left });
  const other = await behaviourOf(subject, { batch, args: passed });
  const actual = await differenceBetween(usual, other, await subject.noise());
  return { difference: actual === undefined ? undefined : { actual, batch }, random: isRandom(usual) };
}

/** A default may be another for large batches; and the more images, the smaller a difference in spread that shows. */
function fewAndMany(contract: Contract): Batch[] {
  const [few, many] = [batchFor(contract), manyImages(contract)];
  return many.count > few.count ? [few, many] : [few];
}

/** A default may hold at one size and not at another; one call is enough, as nothing here is random. */
async function differenceWhenLarger(
  subject: Subject,
  contract: Contract,
  [left, passed]: Pair,
): Promise<DefaultDifference | undefined> {
  const noise = await subject.noise();
  for (const batch of largerBatches(contract)) {
    const [{ values }, other] = [await subject.call(batch, left), await subject.call(batch, passed)];
    const difference = differenceOf(values, other.values, widened(noise, values));
    if (difference) return { actual: `outputs that differ by ${difference.by.toPrecision(3)}`, batch };
  }
  return undefined;
}

/**
 * A value may be kept in a variable and used from then on. What training keeps, an inference call afterwards shows: a
 * variable may hold the value that was passed last, as long as nothing uses it.
 */
async function differenceAfter(
  subject: Subject,
  batch: Batch,
  pair: Pair,
  earlier: Arguments,
): Promise<DefaultDifference | undefined> {
  if (subject.sameCall(batch, ...pair) || (await subject.changedBy(batch, earlier)).length === 0)
    return undefined;
  const behaviours: Behaviour[] = [];
  for (const args of pair) {
    const afterwards = args.training ? [{ batch }] : [];
    behaviours.push(await outputsAfter(subject, { batch, args: earlier }, [{ batch, args }, ...afterwards]));
  }
  const [left, passed] = behaviours;
  const actual = left && passed && (await differenceBetween(left, passed, await subject.noise()));
  return actual === undefined ? undefined : { actual, batch };
}

/** A default may be what a schedule begins with. */
async function differenceLate(
  subject: Subject,
  batch: Batch,
  [left, passed]: Pair,
): Promise<DefaultDifference | undefined> {
  if (subject.sameCall(batch, left, passed) || (await subject.changedBy(batch, left)).length === 0)
    return undefined;
  const before = Array.from({ length: manyCalls }, () => ({ batch, args: left }));
  const [usual, other] = [
    await behaviourInARow(subject, before, { batch, args: left }),
    await behaviourInARow(subject, before, { batch, args: passed }),
  ];
  const actual = await differenceBetween(usual, other, await subject.noise());
  return actual === undefined ? undefined : { actual, batch };
}

/** A default may be what a trainable variable holds as long as it is the stored one. */
async function differenceMoved(
  subject: Subject,
  batch: Batch,
  [left, passed]: Pair,
): Promise<DefaultDifference | undefined> {
  if (subject.sameCall(batch, left, passed)) return undefined;
  const [usual, other] = [
    await behaviourWhenMoved(subject, { batch, args: left }),
    await behaviourWhenMoved(subject, { batch, args: passed }),
  ];
  if (![usual, other].every(allFinite)) return undefined;
  const actual = await differenceBetween(usual, other, await subject.noise());
  return actual === undefined ? undefined : { actual, batch };
}
