import type { Context, Made } from './context.js';
import type { Numbering } from './numbering.js';
import type { Comparison, Value } from './value.js';

/** Values that a value is no less than, itself among them. */
export function noMoreThan({ id, atLeast }: Value, kind: 'plain' | 'squash' = 'plain'): Comparison {
  return new Map([...atLeast, [id, kind]]);
}

/** What a sum is no less than: a + b ≥ a where b ≥ 0, and log(Σ exp(x - m)) + m ≥ x. */
export function sumAtLeast({ numbering }: Context, a: Value, b: Value): Comparison {
  const found = new Map<number, 'plain' | 'squash'>();
  const shifted = (sum: Value, shift: Value) => {
    for (const [id, kind] of sum.atLeast) {
      const { op, of: [x, m] = [] } = numbering.made(id) ?? {};
      if (op === 'Sub' && x !== undefined && m === shift.id) found.set(x, kind);
    }
  };
  if (isAtLeastZero(b)) for (const [id] of noMoreThan(a)) found.set(id, 'squash');
  if (isAtLeastZero(a)) for (const [id] of noMoreThan(b)) found.set(id, 'squash');
  shifted(a, b);
  shifted(b, a);
  return found;
}

/** Of what does not vary, only single numbers are read for this. */
function isAtLeastZero(value: Value): boolean {
  return (value.varies || (value.size ?? 1) === 1) && value.low.at >= 0;
}

/** max(x) - c ≥ x - c. */
export function differenceAtLeast({ numbering }: Context, a: Value, b: Value): Comparison {
  return new Map([...a.atLeast].map(([id, kind]) => [numbering.of('Sub', [id, b.id]), kind]));
}

/** Whether a value is another one, rounded down: as a whole number, too, where that is not negative. */
export function isRoundedDown({ numbering }: Context, value: Value, from: Value): boolean {
  const { op, of: [x] = [] } = numbering.made(value.id) ?? {};
  if (op === 'Floor') return x === from.id;
  if (op !== 'Cast' || x === undefined) return false;
  const within = numbering.made(x);
  return (x === from.id && from.low.at >= 0) || (within?.op === 'Floor' && within.of[0] === from.id);
}

/** log(v) ≥ log(x) where v ≥ x, and log(v) ≥ x where v ≥ exp(x), as logsumexp and softplus are. */
export function logarithmAtLeast(numbering: Numbering, value: Pick<Value, 'atLeast'>): Comparison {
  const less = [...value.atLeast].map(([id, kind]) => {
    const { op, of: [x] = [] } = numbering.made(id) ?? {};
    return [op === 'Exp' && x !== undefined ? x : numbering.of('Log', [id]), kind] as const;
  });
  return new Map(less);
}

/** The range of a / v where v ≥ a ≥ 0: shares, as softmax gives. */
export function share(
  a: Value,
  atLeast: Comparison | undefined,
): Pick<Made, 'low' | 'high' | 'shares'> | undefined {
  if (!atLeast?.has(a.id) || !(a.low.at >= 0)) return undefined;
  return { low: { at: 0, cause: 'squash' }, high: { at: 1, cause: 'squash' }, shares: true };
}
