import type { Contract } from '../contract/contract.js';
import type { Call, ModelCalls, ModelFacts, ModelNoise } from '../engine/subject.js';
import { hasDataDependentShapesOrOrder } from '../graph/shapes/data-dependent.js';
import { apart } from './agreement.js';
import { type RowPair, rowPairs } from './companions.js';
import { type Difference, differenceInWords, differenceOf, rowOf, scaleOf, shareOf } from './compare.js';
import { type NoisePair, Rounding } from './rounding.js';
import { type Apart, type Compared, farther, looser, ofSpec, sameBits, type Tolerance } from './tolerance.js';
import { unitsApart } from './units-apart.js';
import { type ComparedOutputs, LeftOut, Violation } from './violation.js';

/** What independence is judged with. */
type Judge = {
  readonly subject: ModelCalls & ModelFacts & ModelNoise;
  readonly contract: Contract;
  readonly call: Call;
  readonly rounding: Rounding;
};

/** The rows of a pair, and where they differ most: to the last bit, or by more than the spec allows. */
type Rows = RowPair & {
  readonly outputs: ComparedOutputs;
  readonly rows: readonly [Float32Array, Float32Array];
  readonly difference: Difference | undefined;
  /** Where the rows of this pair, or of another that it stands for, differ most. */
  readonly largest: Apart;
};

const relations = ['neighbours', 'place', 'count'] as const;

/** Where a finding is, by what made the difference. */
const where: Readonly<Record<RowPair['relation'], string>> = {
  neighbours: 'row beside other images',
  place: 'row in another position of the batch',
  count: 'row among another number of images',
};

/**
 * Whether the row of an image depends on its neighbours, its place or the number of images: three relations, each with
 * its own tolerance. Every output must have one row for each image.
 * @throws Violation when it depends on one; LeftOut where repeated calls differ too much to tell
 */
export async function independentRows(
  subject: ModelCalls & ModelFacts & ModelNoise,
  contract: Contract,
  call: Call,
): Promise<Compared | undefined> {
  const judge = { subject, contract, call, rounding: new Rounding(subject, call) };
  const pairs = rowPairs(call.batch);
  let compared: Compared | undefined;
  for (const relation of relations) {
    const worst = await worstOf(
      judge,
      pairs.filter((pair) => pair.relation === relation),
    );
    if (worst) compared = looser(compared, await judged(worst, judge));
  }
  return compared;
}

/** Of several pairs the one whose rows differ most for their size. */
async function worstOf(judge: Judge, pairs: readonly RowPair[]): Promise<Rows | undefined> {
  let worst: Rows | undefined;
  for (const pair of pairs) {
    const found = await rowsOf(judge, pair);
    const largest = worst ? farther(worst.largest, found.largest) : found.largest;
    worst = { ...(!worst || shareIn(found) > shareIn(worst) ? found : worst), largest };
  }
  return worst;
}

function shareIn({ rows: [row], difference }: Rows): number {
  return shareOf(difference, row);
}

async function rowsOf({ subject, contract, call: { args } }: Judge, pair: RowPair): Promise<Rows> {
  const outputs = [
    await subject.call(pair.one.batch, args),
    await subject.call(pair.other.batch, args),
  ] as const;
  const rows = [rowOf(outputs[0], pair.one.row), rowOf(outputs[1], pair.other.row)] as const;
  return {
    ...pair,
    outputs,
    rows,
    difference: differenceOf(...rows, contract.tolerance),
    largest: apart(rows),
  };
}

async function judged(found: Rows, judge: Judge): Promise<Compared> {
  if (judge.contract.tolerance)
    return comparedTo(found, ofSpec((await judge.subject.noise()).tolerance), judge);
  if (!found.difference) return agreed(found, sameBits);
  return found.relation === 'neighbours' ? besideOthers(found, judge) : elsewhere(found, judge);
}

/**
 * In the same place of a batch of the same shape, TensorFlow computes the same bits; unless shapes further in depend on
 * what the images hold, so that the neighbours change how sums are split.
 */
async function besideOthers(found: Rows, judge: Judge): Promise<Compared> {
  const { subject, call } = judge;
  const concreteFunction = subject.concreteFunctionFor(call.batch, call.args);
  if (hasDataDependentShapesOrOrder(subject.model, concreteFunction)) {
    const tolerance = await judge.rounding.atHand(found.one, [found.one.batch.count]);
    if (isWithin(found, tolerance)) return agreed(found, tolerance);
  }
  return steadily(found, undefined, judge);
}

/** Sums may be split otherwise. A finding must stand out from that, or show on noise as well. */
async function elsewhere(found: Rows, judge: Judge): Promise<Compared> {
  const { one, other } = found;
  const least = judge.rounding.least(found.rows[0], one.batch);
  if (isWithin(found, least)) return agreed(found, least);
  const counts = [...new Set([one.batch.count, other.batch.count])];
  const tolerance = await judge.rounding.atHand(one, counts);
  if (!isWithin(found, tolerance)) return steadily(found, tolerance, judge);
  const noise = await judge.rounding.shownByNoise(one, other);
  return noise ? onNoise(found, noise, judge) : agreed(found, tolerance);
}

async function onNoise({ relation }: Rows, noise: NoisePair, judge: Judge): Promise<Compared> {
  return steadily(await rowsOf(judge, { relation, ...noise }), noise.tolerance, judge);
}

/** Blames a difference only where repeated calls do not give it as well. */
async function steadily(found: Rows, tolerance: Tolerance | undefined, judge: Judge): Promise<Compared> {
  const repeats = await judge.rounding.ofRepeats([found.one, found.other]);
  if (!isWithin(found, repeats)) return comparedTo(found, tolerance ?? repeats, judge);
  if (isWithin(found, judge.rounding.least(found.rows[0], found.one.batch))) return agreed(found, repeats);
  const { functionName: of } = judge.subject.concreteFunctionFor(found.one.batch, judge.call.args);
  throw new LeftOut({ kind: 'random-rows', of, text: 'The same call gives other rows each time' });
}

function comparedTo(found: Rows, tolerance: Tolerance, { call }: Judge): Compared {
  const difference = differenceOf(...found.rows, tolerance);
  if (!difference) return agreed(found, tolerance);
  const { one, other } = found;
  const { expected, actual } = differenceInWords(found.rows, difference, tolerance);
  throw new Violation(
    {
      where: where[found.relation],
      expected: `${expected} in row ${one.row}, column ${difference.unit}, of ${one.batch.count}`,
      actual: `${actual}, in row ${other.row} of ${other.batch.count}`,
      compared: { one, other },
      units: unitsApart(found.rows),
      ...(call.args ? { arguments: call.args } : {}),
    },
    { compared: { ...agreed(found, tolerance), difference: difference.by }, outputs: found.outputs },
  );
}

function isWithin({ rows }: Rows, tolerance: Tolerance): boolean {
  return differenceOf(...rows, tolerance) === undefined;
}

function agreed({ rows, difference, largest }: Rows, tolerance: Tolerance): Compared {
  return { tolerance, difference: difference?.by ?? 0, scale: scaleOf(rows[0]), largest };
}
