import type { Trial } from './run.js';

/** The results of all runs on one model. */
export type Row = {
  readonly model: string;
  /** What is wrong with it; undefined for a model that conforms. */
  readonly fault: string | undefined;
  readonly runs: number;
  readonly dropped: number;
  readonly cannotTell: number;
  /** Calls of a run: half of the runs made no more, and the most. */
  readonly calls: { readonly median: number; readonly most: number };
  /** Estimated rates where drops were found: the middle one, and those that 5 % lie below and above. */
  readonly rates: { readonly low: number; readonly median: number; readonly high: number } | undefined;
};

/** @throws Error when there were no runs */
export function powerRow(model: string, fault: string | undefined, trials: readonly Trial[]): Row {
  const calls = sorted(trials.map((trial) => trial.calls));
  const rates = sorted(trials.flatMap(({ rate }) => (rate === undefined ? [] : [rate])));
  const count = (...statuses: readonly string[]) =>
    trials.filter(({ status }) => statuses.includes(status)).length;
  return {
    model,
    fault,
    runs: trials.length,
    dropped: count('fail'),
    cannotTell: count('skip', 'error'),
    calls: { median: at(calls, 0.5), most: at(calls, 1) },
    rates:
      rates.length > 0 ? { low: at(rates, 0.05), median: at(rates, 0.5), high: at(rates, 0.95) } : undefined,
  };
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

function at(values: readonly number[], share: number): number {
  const value = values[Math.round(share * (values.length - 1))];
  if (value === undefined) throw new Error('There were no runs.');
  return value;
}
