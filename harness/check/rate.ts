/** A share in percent, rounded. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/**
 * The 95 % confidence interval of a rate for this many hits in this many trials: Wilson's score interval (E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", 1927).
 */
export function intervalOf(hits: number, trials: number): readonly [low: number, high: number] {
  const z = 1.959964;
  const share = hits / trials;
  const middle = share + z ** 2 / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}
