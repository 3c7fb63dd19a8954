import type { Judgement } from './judgement.js';
import { rangeOf, spread, within } from './sums.js';

type Rows = readonly Float32Array[];

/** As many classes would hardly all be positive by chance: one in 1,024 where each sign is as likely as the other. */
const telling = 10;
const manyRows = 32;

/**
 * Judges scores by their values, where an operation hides how they are computed. `perturbed`: rows that the same model gives once its
 * weights are perturbed far: linear scores then take either sign, and probabilities stay what they are.
 */
export function judgedByValues(rows: Rows, opaque: string, perturbed: Rows = []): Judgement {
  const hidden = `${opaque} hides how the scores are computed`;
  const finite = perturbed.filter((row) => row.every(Number.isFinite));
  if (isOfBothSigns(rows))
    return { kind: 'by-values', because: `${hidden}, but probabilities and their logarithms have one sign` };
  if (isOfBothSigns(finite))
    return {
      kind: 'by-values',
      because: `${hidden}, but they take either sign once the weights are perturbed far`,
    };
  if (within(rows, 0, 1) && within(finite, 0, 1) && spread(finite) > 0.9)
    return {
      kind: 'nonlinear',
      what: 'probabilities',
      because: 'all scores lie in [0, 1], however far the weights are perturbed',
    };
  return (
    byChance(rows) ?? {
      kind: 'undecided',
      why: `Whether the scores are linear could not be decided: ${hidden}, and their values are inconclusive.`,
    }
  );
}

/** By more than rounding: x - logsumexp(x) comes out a little above 0. */
function isOfBothSigns(rows: Rows): boolean {
  const [low, high] = rangeOf(rows);
  const least = 1e-3 * (high - low);
  return low < -least && high > least && (low < -1 || high > 1);
}

function byChance(rows: Rows): Judgement | undefined {
  const classes = rows[0]?.length ?? 0;
  if (!within(rows, 0, 1) || spread(rows) <= 0.1 || classes < telling || rows.length < manyRows)
    return undefined;
  const chance = `1 in ${2 ** Math.min(classes, 40)} where each of ${classes} classes may have either sign`;
  const because = `all scores of ${rows.length} images lie in [0, 1], for which the chance is ${chance}`;
  return { kind: 'nonlinear', what: 'probabilities', because };
}
