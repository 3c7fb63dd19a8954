import type { Alternatives } from './alternatives.js';
import { minusInfinity, plusInfinity } from './end.js';
import type { Value } from './value.js';

/** Whether a round through a loop gave what the round before did. */
export function isSettled(before: Alternatives = [], now: Alternatives = []): boolean {
  return (
    before.length === now.length &&
    now.every((value, at) => {
      const other = before[at];
      return other !== undefined && value.low.at >= other.low.at && value.high.at <= other.high.at;
    })
  );
}

/** What moved from round to round goes on without bound. */
export function widened(before: Alternatives, now: Alternatives): Alternatives {
  return now.map((value, at) => {
    const other = before[at];
    if (other === undefined) return value;
    const { low, high } = value;
    const wide: Value = {
      ...value,
      low: low.at < other.low.at ? minusInfinity : low,
      high: high.at > other.high.at ? plusInfinity : high,
    };
    return { ...wide, curve: undefined };
  });
}
