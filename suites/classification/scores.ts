import { numberText } from '../../harness/check/compare.js';
import type { ScoreBounds } from '../../harness/graph/scores/score-bounds.js';
import { squashText, whatIs } from './squash-text.js';
import { conservedSum, rangeOf, spread, within } from './sums.js';
import { showsSquash } from './witness.js';

/** What scores are. */
export type Judgement =
  | { readonly kind: 'linear' }
  /** `what` they are instead, and what tells. */
  | { readonly kind: 'nonlinear'; readonly what: string; readonly because: string }
  /** The graph could not be followed, and the values show that they are linear. */
  | { readonly kind: 'by-values'; readonly because: string }
  | { readonly kind: 'undecided'; readonly why: string };

/**
 * Judges rows of scores, one for each image, with what the graph says of their bounds. A bound counts where the scores agree
 * with it; rows with NaN are left out.
 */
export function judged(rows: readonly Float32Array[], bounds: ScoreBounds | undefined): Judgement {
  const known = rows.filter((row) => row.length > 0 && !row.some(Number.isNaN));
  if (known.length === 0) return { kind: 'linear' };
  const conserved = conservedSum(known);
  const squashed = bounds?.squashed.find((each) => showsSquash(known, each, bounds.free));
  if (squashed)
    return {
      kind: 'nonlinear',
      what: conserved?.what ?? whatIs(squashed),
      because: `${squashText(squashed)}; ${conserved?.because ?? agreement(known)}`,
    };
  if (conserved) return { kind: 'nonlinear', ...conserved };
  return bounds?.opaque === undefined ? { kind: 'linear' } : byValues(known, bounds.opaque);
}

function agreement(rows: readonly Float32Array[]): string {
  const [low, high] = rangeOf(rows);
  const images = rows.length === 1 ? 'one image' : `${rows.length} images`;
  return `the scores of ${images} lie from ${numberText(low)} to ${numberText(high)}`;
}

/** As many classes would hardly all be positive by chance: one in 1,024 where each sign is as likely as the other. */
const telling = 10;
const manyRows = 32;

function byValues(rows: readonly Float32Array[], opaque: string): Judgement {
  const hidden = `${opaque} hides how the scores are computed`;
  const classes = rows[0]?.length ?? 0;
  const positive = rows.some((row) => row.some((value) => value > 0));
  const negative = rows.some((row) => row.some((value) => value < 0));
  if (positive && negative && !within(rows, -1, 1))
    return { kind: 'by-values', because: `${hidden}, but probabilities and their logarithms have one sign` };
  if (within(rows, 0, 1) && spread(rows) > 0.1 && classes >= telling && rows.length >= manyRows)
    return {
      kind: 'nonlinear',
      what: 'probabilities',
      because: `all scores of ${rows.length} images lie in [0, 1], for which the chance is 1 in ${2 ** Math.min(classes, 40)} where each of ${classes} classes may have either sign`,
    };
  return {
    kind: 'undecided',
    why: `Whether the scores are linear could not be decided: ${hidden}, and their values are inconclusive.`,
  };
}
