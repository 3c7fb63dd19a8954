import { rangeOf, spread, within } from './sums.js';

type Rows = readonly Float32Array[];

/** What scores are that no weights take out of their bounds. */
export type Bounded = { readonly what: string; readonly because: string };

/** A scale of probabilities: what takes scores of it to [0, 1], and what such scores are called. */
type Scale = {
  readonly what: string;
  readonly bounds: string;
  readonly share: (score: number) => number;
  /** Linear scores may level off at an end of it, too, as softplus does at 0. */
  readonly endIsUsual?: true;
  /** Linear scores may be at an end of it exactly, as what is taken from the greatest is, whose other end is infinite. */
  readonly isLogarithmic?: true;
};

const scales: readonly Scale[] = [
  { what: 'probabilities', bounds: 'scores lie in [0, 1]', share: (score) => score },
  {
    what: 'probabilities, shifted or scaled',
    bounds: 'scores lie in [-1, 1]',
    share: (score) => (1 + score) / 2,
  },
  { what: 'probabilities, negated', bounds: 'scores lie in [-1, 0]', share: (score) => -score },
  { what: 'probabilities, scaled', bounds: 'scores lie in [0, 100]', share: (score) => score / 100 },
  { what: 'probabilities, scaled', bounds: 'scores lie in [0, 255]', share: (score) => score / 255 },
  {
    what: 'logarithms of probabilities',
    bounds: 'scores are at most 0',
    share: Math.exp,
    isLogarithmic: true,
  },
  {
    what: 'negative logarithms of probabilities',
    bounds: 'scores are at least 0',
    share: (score) => Math.exp(-score),
    endIsUsual: true,
    isLogarithmic: true,
  },
];

/** Whether scores may be bounded as probabilities are, so that it is worth moving the weights. */
export function mayBeBounded(rows: Rows): boolean {
  return scales.some((scale) => isOn(scale, rows));
}

/**
 * Scores that stay on a scale of probabilities however far the weights are perturbed, and come close to its ends, or whose rows
 * come close to a sum of 1. Linear scores leave every scale. `perturbed`: rows of the same model with its weights perturbed far.
 */
export function boundedScores(rows: Rows, perturbed: Rows): Bounded | undefined {
  const finite = perturbed.filter((row) => row.every(Number.isFinite));
  if (finite.length < minPerturbedRows || 2 * finite.length < perturbed.length) return undefined;
  for (const scale of scales) {
    if (!isOn(scale, rows) || !isOn(scale, finite)) continue;
    const how = heldBy(scale, finite, endsAbruptly(scale, rows));
    if (how !== undefined)
      return {
        what: scale.what,
        because: `all ${scale.bounds}${how}, however far the weights are perturbed`,
      };
  }
  return undefined;
}

/** Rows of fewer images than this show nothing. */
const minPerturbedRows = 32;
/** Rounding beyond an end. */
const slack = 1e-4;
/** How near to an end scores come that level off there. */
const near = 1e-3;

function isOn({ share }: Scale, rows: Rows): boolean {
  return within(
    rows.map((row) => row.map(share)),
    -slack,
    1 + slack,
  );
}

/**
 * Many a row is at an end exactly, as with a ReLU or what is taken from the greatest score: no levelling off. Rounded
 * probabilities are at both ends.
 */
function endsAbruptly({ share, isLogarithmic }: Scale, rows: Rows): boolean {
  const rateOf = (end: number) =>
    rows.filter((row) => row.some((score) => share(score) === end)).length / rows.length;
  const [bottom, top] = [rateOf(0), rateOf(1)];
  return (bottom > 0.2 || top > 0.2) && (isLogarithmic === true || Math.min(bottom, top) < 0.05);
}

function heldBy(scale: Scale, rows: Rows, abruptly: boolean): string | undefined {
  if (abruptly && scale.isLogarithmic) return undefined;
  const shares = rows.map((row) => row.map(scale.share));
  if (!abruptly && !scale.endIsUsual && levelOff(shares)) return ' and come close to an end';
  const sums = scale.isLogarithmic ? 'the exponentials of no row sum' : 'no row sums';
  return addUpToOne(shares) ? `, and ${sums} to more than 1` : undefined;
}

function levelOff(shares: Rows): boolean {
  const all = shares.flatMap((row) => [...row]);
  const atTop = all.filter((share) => share > 1 - near).length / all.length;
  const atBottom = all.filter((share) => share < near).length / all.length;
  return atTop >= 0.5 || (atTop >= 0.02 && atBottom >= 0.02);
}

/** Shares of a whole, of which some are cut off. */
function addUpToOne(shares: Rows): boolean {
  const classes = shares[0]?.length ?? 0;
  if (classes < 2 || spread(shares) < Math.min(0.2, 2 / classes)) return false;
  const sums = shares.map((row) => Float32Array.of(row.reduce((sum, share) => sum + share, 0)));
  const [, most] = rangeOf(sums);
  return most <= 1 + near && sums.filter(([sum = 0]) => sum > 0.98).length >= 0.05 * sums.length;
}
