/** What one call after the other gave, where the calls draw random numbers. */
export type Outputs = readonly Float32Array[];

/**
 * How differently two models scatter: `by` is the mean, over all values of the output, of (v − w) / (v + w) for their variances
 * v and w; from −1, where only the second scatters, to 1. `noise` is its standard deviation if the models were one.
 */
export type Spread = { readonly by: number; readonly noise: number };

/** Undefined where neither scatters. As many calls of the one as of the other. */
export function spreadOf(old: Outputs, now: Outputs): Spread | undefined {
  const squares = [...residuals(old), ...residuals(now)].map((row) => row.map((value) => value * value));
  const totals = (squares[0] ?? []).map((_, at) => squares.reduce((sum, row) => sum + (row[at] ?? 0), 0));
  const scattering = totals.flatMap((total, at) => (total > 0 ? [at] : []));
  if (scattering.length === 0) return undefined;
  // What each call adds to the scatter, as a share of all: a split of calls at random gives the same to both halves.
  const shares = squares.map(
    (row) => scattering.reduce((sum, at) => sum + (row[at] ?? 0) / (totals[at] ?? 1), 0) / scattering.length,
  );
  const by = sum(shares.slice(0, old.length)) - sum(shares.slice(old.length));
  const mean = sum(shares) / shares.length;
  const varied = shares.reduce((total, share) => total + (share - mean) ** 2, 0);
  return { by, noise: Math.sqrt((varied * shares.length) / (shares.length - 1)) };
}

/** Of several batches together. */
export function meanSpread(spreads: readonly Spread[]): Spread {
  const noise = Math.sqrt(spreads.reduce((total, one) => total + one.noise ** 2, 0));
  return { by: sum(spreads.map(({ by }) => by)) / spreads.length, noise: noise / spreads.length };
}

/** The ratio of two deviations whose variances v and w have (v − w) / (v + w) = `by`; infinite from 1 on. */
export function factorOf(by: number): number {
  return by < 1 ? Math.sqrt((1 + by) / (1 - by)) : Number.POSITIVE_INFINITY;
}

function residuals(calls: Outputs): number[][] {
  const [first = new Float32Array()] = calls;
  // Taken from the first call, so that a value that is always the same is exactly at its mean.
  const off = calls.map((row) => [...row].map((value, at) => value - (first[at] ?? Number.NaN)));
  const means = [...first].map((_, at) => sum(off.map((row) => row[at] ?? 0)) / calls.length);
  return off.map((row) => row.map((value, at) => value - (means[at] ?? 0)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
