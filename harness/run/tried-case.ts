import type { Cause } from '../check/cause.js';
import type { Contract } from '../contract/contract.js';
import { sizeCorners } from '../images/corners.js';
import type { Batch } from '../verdict/batch.js';
import type { Evidence } from '../verdict/run.js';
import { countedById, evidenceOfLeft, type LeftTo, leftInWords } from './left-to.js';
import { sizePatternIn } from './size-pattern.js';

/** One case of a property and its outcome. */
export type TriedCase = {
  readonly batch: Batch;
  readonly outcome: 'pass' | 'fail' | 'left-out';
  /** The check that has failed over what keeps the case from being judged. */
  readonly leftTo?: { readonly id: string; readonly why: Cause };
  /** Drawn at random, not one of the corners. */
  readonly drawn: boolean;
};

/** What a report may draw of a property's cases, and what a pass implies; `elsewhere`: its images at other sizes, after a failure. */
export function evidenceOf(
  tried: readonly TriedCase[],
  contract: Contract,
  seed: number,
  elsewhere: readonly TriedCase[] = [],
): Evidence {
  const { height, width } = contract.imageSize;
  const { leftOut } = sizeCorners(contract);
  const sizePattern = sizePatternIn(elsewhere);
  return {
    seed,
    sizes: outcomesBy([...tried, ...elsewhere], ({ batch }) => `${batch.height},${batch.width}`),
    batches: tried.map(({ batch }) => batch.count).sort((a, b) => a - b),
    declared: { height: [height.min, height.max], width: [width.min, width.max] },
    ...(leftOut.length > 0 ? { beyondLimits: leftOut.map((size) => [size.height, size.width]) } : {}),
    ...evidenceOfLeft(leftIn(tried)),
    ...rateBelow(tried),
    ...(sizePattern === undefined ? {} : { sizePattern }),
  };
}

function leftIn(tried: readonly TriedCase[]): LeftTo {
  return countedById(tried.flatMap((one) => one.leftTo?.id ?? []));
}

/** What held in all cases, and the implied bound on the failure rate, in a line; never that it was proved. */
export function passInWords(tried: readonly TriedCase[], held: string): string {
  const cases = tried.filter(({ outcome }) => outcome !== 'left-out').length;
  const drawn = drawnAndPassed(tried);
  return [
    `${cases} batches${drawn > 0 ? `, ${drawn} at random` : ''}: ${held}`,
    ...leftInWords(leftIn(tried)),
    ...(bound(drawn) <= tellingRate
      ? [`under ${Number((100 * bound(drawn)).toPrecision(3))} % fail (95 % confidence)`]
      : []),
  ].join('; ');
}

/** Corners are chosen, not drawn: only random cases bound a rate. */
function rateBelow(tried: readonly TriedCase[]): { failureRateBelow?: number } {
  const drawn = drawnAndPassed(tried);
  const failed = tried.some(({ outcome }) => outcome === 'fail');
  return drawn === 0 || failed ? {} : { failureRateBelow: bound(drawn) };
}

function drawnAndPassed(tried: readonly TriedCase[]): number {
  return tried.filter(({ outcome, drawn }) => drawn && outcome === 'pass').length;
}

/** A bound above it is no news. */
const tellingRate = 0.1;

/** The failure rate that this many cases without a failure exclude at 95 %: 1 − 0.05^(1/n), just under 3/n. */
export function bound(cases: number): number {
  return Number((1 - 0.05 ** (1 / cases)).toPrecision(3));
}

/** Each size once, with its worst outcome. */
function outcomesBy(
  tried: readonly TriedCase[],
  key: (one: TriedCase) => string,
): [number, number, string][] {
  const worst = new Map<string, TriedCase>();
  for (const one of tried) {
    const known = worst.get(key(one));
    if (!known || rank(one) > rank(known)) worst.set(key(one), one);
  }
  return [...worst.values()].map(({ batch, outcome }) => [batch.height, batch.width, outcome]);
}

function rank({ outcome }: TriedCase): number {
  return { pass: 0, 'left-out': 1, fail: 2 }[outcome];
}
