/**
 * The highest rate that `seen` of `runs` do not exclude at 95 % (one-sided, Clopper and Pearson): at a higher one, so few
 * would be seen in less than 1 of 20 proofs. With none seen it is 1 − 0.05^(1/runs), just under 3/runs.
 */
export function rateBelow(seen: number, runs: number): number {
  if (seen >= runs) return 1;
  let [low, high] = [seen / runs, 1];
  while (high - low > 1e-9) {
    const rate = (low + high) / 2;
    if (atMost(seen, runs, rate) > 0.05) low = rate;
    else high = rate;
  }
  return high;
}

/** The chance that at most `seen` of `runs` go wrong, when each does at this rate. */
function atMost(seen: number, runs: number, rate: number): number {
  let term = (1 - rate) ** runs;
  let sum = term;
  for (let k = 1; k <= seen; k++) {
    term *= ((runs - k + 1) / k) * (rate / (1 - rate));
    sum += term;
  }
  return sum;
}
