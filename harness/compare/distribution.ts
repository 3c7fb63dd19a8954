import type { Call, Subject } from '../engine/subject.js';
import type { Told } from '../verdict/comparison.js';
import type { Pair } from './bounds.js';
import { refusalIn } from './call-differences.js';
import type { Calls } from './calls.js';
import { farthest, rounding } from './rows.js';
import { factorOf, meanSpread, type Outputs, type Spread, spreadOf } from './spread.js';

/** Calls of one batch from which means and deviations are taken, and how many where these leave a doubt. */
const repeats = { usual: 24, inDoubt: 96 };

/** Standard errors beyond which means differ: one in 10¹⁵ of normal ones does. */
const standardErrors = 8;

/** Times the noise from which on deviations leave a doubt, and from which on they differ: one in 10⁹ of normal ones does. */
const [doubtful, different] = [2, 6];

/** Calls that draw random numbers, in both models: the mean of each value, and how much all of them scatter. `kind`: `training=True`. */
export async function inDistribution(
  pair: Pair,
  kind: string,
  calls: readonly Call[],
  beforeCall: () => void,
): Promise<Told> {
  const usual = await compared(pair, kind, calls, repeats.usual, beforeCall);
  if (typeof usual === 'string') return { same: false, says: usual };
  if (timesNoise(usual) < doubtful) return toldOf(usual, kind, repeats.usual);
  const more = await compared(pair, kind, calls, repeats.inDoubt, beforeCall);
  return typeof more === 'string' ? { same: false, says: more } : toldOf(more, kind, repeats.inDoubt);
}

/** How differently they scatter, or what differs anyway; undefined where neither scatters. */
async function compared(
  pair: Pair,
  kind: string,
  calls: readonly Call[],
  count: number,
  beforeCall: () => void,
): Promise<Spread | string | undefined> {
  const spreads: Spread[] = [];
  for (const call of calls) {
    const old = await drawn(pair.old, call, count, beforeCall);
    const now = await drawn(pair.new, call, count, beforeCall);
    const other = otherMean(old, now, kind);
    if (other !== undefined) return other;
    spreads.push(...[spreadOf(old.rows, now.rows)].filter((one) => one !== undefined));
  }
  return spreads.length === 0 ? undefined : meanSpread(spreads);
}

type Drawn = { readonly rows: Outputs; readonly columns: number };

async function drawn(subject: Subject, call: Call, count: number, beforeCall: () => void): Promise<Drawn> {
  const rows: Float32Array[] = [];
  let columns = 1;
  for await (const { values, shape } of subject.again(call)) {
    beforeCall();
    columns = shape.at(-1) ?? 1;
    if (rows.push(values) === count) break;
  }
  return { rows, columns };
}

function otherMean(old: Drawn, now: Drawn, kind: string): string | undefined {
  if (old.rows[0]?.length !== now.rows[0]?.length) return `Outputs with ${kind} have another shape.`;
  const [one, other] = [momentsOf(old.rows), momentsOf(now.rows)];
  const at = one.findIndex((moments, index) => isOther(moments, other[index], old.rows.length));
  if (at === -1) return undefined;
  const where = `row ${Math.floor(at / old.columns)}, column ${at % old.columns}`;
  const mean = (moments: Moments | undefined) => (moments?.mean ?? Number.NaN).toPrecision(4);
  return `With ${kind}, the output in ${where} is ${mean(one[at])} on average in OLD and ${mean(other[at])} in NEW.`;
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

function isOther(one: Moments, other: Moments | undefined, count: number): boolean {
  if (other === undefined || Object.is(one.mean, other.mean)) return other === undefined;
  const error = Math.sqrt((one.variance + other.variance) / count) + rounding * Math.abs(one.mean);
  return !(Math.abs(one.mean - other.mean) <= standardErrors * error);
}

function timesNoise(spread: Spread | undefined): number {
  return spread === undefined ? 0 : Math.abs(spread.by) / spread.noise;
}

function toldOf(spread: Spread | undefined, kind: string, count: number): Told {
  if (spread !== undefined && timesNoise(spread) > different)
    return { same: false, says: `With ${kind}, ${scatterInWords(spread.by)}.` };
  const over = `The same in distribution, over ${count} calls of each batch`;
  return { same: true, says: `${over}: ${resolution(spread)}.` };
}

/** What would have shown: a deviation that differs by this factor or more. */
function resolution(spread: Spread | undefined): string {
  const factor = spread === undefined ? 1 : factorOf(different * spread.noise);
  if (factor === 1) return 'means';
  return Number.isFinite(factor)
    ? `means, and deviations but for a factor of less than ${factor.toPrecision(2)}`
    : 'means; how much they scatter could not be told';
}

function scatterInWords(by: number): string {
  if (by === 1) return 'outputs of OLD are random, and those of NEW are not';
  if (by === -1) return 'outputs of NEW are random, and those of OLD are not';
  const [more, less] = by > 0 ? ['OLD', 'NEW'] : ['NEW', 'OLD'];
  const factor = factorOf(Math.abs(by)).toPrecision(2);
  return `outputs of ${more} scatter ${factor} times as much as those of ${less}, as with another rate of dropout`;
}

/** Whether arguments have a model draw random numbers at inference: the same call twice gives other rows. */
export async function draws(pair: Pair, { args, corners: [batch] }: Calls): Promise<boolean> {
  if (batch === undefined || Object.keys(args).length === 0) return false;
  const differs = async (subject: Subject) => {
    const { rows } = await drawn(subject, { batch, args }, 2, () => undefined);
    return farthest(rows[0] ?? new Float32Array(), rows[1] ?? new Float32Array()).by > 0;
  };
  const found = [await differs(pair.old).catch(refusalIn), await differs(pair.new).catch(refusalIn)];
  return found.every((one) => typeof one === 'boolean') && found.includes(true);
}
