import { distance } from 'fastest-levenshtein';

/** The candidate that `word` was most likely meant to be; undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const plain = bare(word);
  if (plain === '') return undefined;
  const ranked = candidates
    .map((candidate) => ({ candidate, off: howFar(plain, bare(candidate)) }))
    .filter(({ off }) => off < Number.POSITIVE_INFINITY)
    .sort((one, other) => one.off - other.off);
  return ranked[0]?.candidate;
}

/** Treats `numClasses`, `num-classes` and `num_classes` as the same. */
function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function howFar(word: string, candidate: string): number {
  const off = distance(word.slice(0, 100), candidate);
  const length = Math.min(word.length, candidate.length);
  const allowed = Math.max(length < 4 ? 1 : 2, Math.floor(length / 3));
  if (off <= allowed) return off;
  const part = word.length >= 4 && candidate.includes(word);
  return part ? allowed + off : Number.POSITIVE_INFINITY;
}
