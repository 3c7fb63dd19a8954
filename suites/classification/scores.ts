import { numberText } from '../../harness/check/compare.js';
import type { ScoreBounds } from '../../harness/graph/scores/score-bounds.js';
import { judgedByValues } from './hidden-scores.js';
import type { Judgement } from './judgement.js';
import { squashText, whatIs } from './squash-text.js';
import { conservedSum, rangeOf } from './sums.js';
import { showsSquash } from './witness.js';

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
      because: `${squashText(squashed)}${bounds?.free ? ' for some images or classes' : ''}; ${conserved?.because ?? agreement(known)}`,
    };
  if (conserved) return { kind: 'nonlinear', ...conserved };
  return bounds?.opaque === undefined ? { kind: 'linear' } : judgedByValues(known, bounds.opaque);
}

function agreement(rows: readonly Float32Array[]): string {
  const [low, high] = rangeOf(rows);
  const images = rows.length === 1 ? 'one image' : `${rows.length} images`;
  return `the scores of ${images} lie from ${numberText(low)} to ${numberText(high)}`;
}
