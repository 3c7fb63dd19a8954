/** In how many ways so many things can be chosen of others. */
export function choose(count: number, of: number): number {
  let ways = 1;
  for (let taken = 0; taken < count; taken++) ways *= Math.max(0, of - taken) / (taken + 1);
  return ways;
}

/** Probability of fewer than `limit` hits in so many trials; `spared`: that one trial is no hit. */
export function fewerHits(limit: number, trials: number, spared: number): number {
  let total = 0;
  for (let hits = 0; hits < Math.min(limit, trials + 1); hits++)
    total += choose(hits, trials) * (1 - spared) ** hits * spared ** (trials - hits);
  return total;
}
