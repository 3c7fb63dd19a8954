import type { Call } from '../engine/subject.js';
import type { Told } from '../verdict/comparison.js';
import type { Pair } from './bounds.js';
import type { Draw, Part } from './drawn.js';
import { factorOf, meanSpread, type Outputs, type Spread, spreadOf } from './spread.js';

/** Calls of one batch from which means and deviations are taken, and how many where these leave a doubt. */
const repeats = { usual: 24, inDoubt: 96 };

/** Standard errors beyond which means differ: one in 10¹⁵ of normal ones does. */
const standardErrors = 8;

/** Times the noise from which on deviations differ: one in 10⁹ of normal ones does. */
const different = 6;

export type Drawing = {
  /** `training=True`. */
  readonly kind: string;
  readonly calls: readonly Call[];
  readonly draw: Draw;
  /** Of a mean: what rounding alone may change. */
  readonly rounding: number;
  readonly beforeCall: () => void;
};

/** Calls that draw random numbers, in both models: the mean of each value, and how much those of each part scatter. */
export async function inDistribution(pair: Pair, drawing: Drawing): Promise<Told> {
  const usual = await compared(pair, drawing, repeats.usual);
  if (typeof usual === 'string') return { same: false, says: usual };
  if (!usual.some((part) => timesNoise(part) >= doubtful(usual.length)))
    return toldOf(usual, drawing.kind, repeats.usual);
  const more = await compared(pair, drawing, repeats.inDoubt);
  return typeof more === 'string' ? { same: false, says: more } : toldOf(more, drawing.kind, repeats.inDoubt);
}

/** How differently the values of a part scatter; without `spread` where they do not. */
type Scattered = { readonly of: string; readonly spread?: Spread };

/** Part by part, or what differs anyway. */
async function compared(
  pair: Pair,
  { kind, calls, draw, rounding, beforeCall }: Drawing,
  count: number,
): Promise<readonly Scattered[] | string> {
  const spreads = new Map<string, Spread[]>();
  for (const call of calls) {
    const old = await draw(pair.old, call, count, beforeCall);
    const now = await draw(pair.new, call, count, beforeCall);
    for (const [at, part] of old.entries()) {
      const other = otherMean(part, now[at], { kind, rounding });
      if (other !== undefined) return other;
      const spread = spreadOf(part.rows, now[at]?.rows ?? []);
      spreads.set(part.of, [...(spreads.get(part.of) ?? []), ...(spread ? [spread] : [])]);
    }
  }
  return [...spreads].map(([of, all]) => ({ of, ...(all.length > 0 ? { spread: meanSpread(all) } : {}) }));
}

function otherMean(
  old: Part,
  now: Part | undefined,
  { kind, rounding }: Pick<Drawing, 'kind' | 'rounding'>,
): string | undefined {
  const where = `With ${kind}, ${old.of}`;
  if (old.rows[0]?.length !== now?.rows[0]?.length) return `${where} has another shape.`;
  const [one, other] = [momentsOf(old.rows), momentsOf(now?.rows ?? [])];
  const at = one.findIndex((moments, index) => isOther(moments, other[index], old.rows.length, rounding));
  if (at === -1) return undefined;
  const mean = (moments: Moments | undefined) => (moments?.mean ?? Number.NaN).toPrecision(4);
  return `${where} in ${placeIn(old, at)} is ${mean(one[at])} on average in OLD and ${mean(other[at])} in NEW.`;
}

function placeIn({ columns }: Part, at: number): string {
  return columns === 0 ? `element ${at}` : `row ${Math.floor(at / columns)}, column ${at % columns}`;
}

type Moments = { readonly mean: number; readonly variance: number };

function momentsOf(rows: Outputs): Moments[] {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, at) => {
    const values = rows.map((row) => row[at] ?? Number.NaN);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, variance: squares / (values.length - 1) };
  });
}

function isOther(one: Moments, other: Moments | undefined, count: number, rounding: number): boolean {
  if (other === undefined || Object.is(one.mean, other.mean)) return other === undefined;
  const error = Math.sqrt((one.variance + other.variance) / count) + rounding * Math.abs(one.mean);
  return !(Math.abs(one.mean - other.mean) <= standardErrors * error);
}

function timesNoise({ spread }: Scattered): number {
  return spread === undefined ? 0 : Math.abs(spread.by) / spread.noise;
}

/** Times the noise that leave a doubt: a little more than the largest of so many normal ones is expected to be. */
function doubtful(parts: number): number {
  return 1 + Math.sqrt(2 * Math.log(2 * parts));
}

function toldOf(parts: readonly Scattered[], kind: string, count: number): Told {
  const other = parts.find((part) => timesNoise(part) > different);
  if (other?.spread)
    return { same: false, says: `With ${kind}, ${scatterInWords(other.of, other.spread.by)}.` };
  const over = `The same in distribution, over ${count} calls of each batch`;
  const [output, ...left] = parts.map(({ spread }) => factorIn(spread));
  const state = left.length > 0 ? `; the state that is left, too: ${resolution(Math.max(...left))}` : '';
  return { same: true, says: `${over}: ${resolution(output ?? 1)}${state}.` };
}

/** Deviations that differ by this factor or more would have shown. */
function factorIn(spread: Spread | undefined): number {
  return spread === undefined ? 1 : factorOf(different * spread.noise);
}

function resolution(factor: number): string {
  if (factor === 1) return 'means';
  return Number.isFinite(factor)
    ? `means, and deviations but for a factor of less than ${factor.toPrecision(2)}`
    : 'means; how much they scatter could not be told';
}

function scatterInWords(of: string, by: number): string {
  if (by === 1) return `${of} is random in OLD, and not in NEW`;
  if (by === -1) return `${of} is random in NEW, and not in OLD`;
  const [more, less] = by > 0 ? ['OLD', 'NEW'] : ['NEW', 'OLD'];
  const factor = factorOf(Math.abs(by)).toPrecision(2);
  return `${of} scatters ${factor} times as much in ${more} as in ${less}, as with another rate of dropout`;
}
