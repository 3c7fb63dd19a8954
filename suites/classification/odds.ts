import type { ExampleResult } from './try-examples.js';

/**
 * The probability that one of this many guesses gets all examples right by chance, at most 1: it would have to hit each of
 * their classes, and to separate the images of the classes. Stored scores are never right by chance.
 */
export function probabilityByChance(
  tried: readonly Pick<ExampleResult, 'answer'>[],
  classes: number,
  guesses: number,
): number {
  const counts = new Map<number | undefined, number>();
  for (const { answer } of tried) {
    if (answer.kind === 'scores') return 0;
    const [index] = answer.indices;
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  const hits = classes ** -counts.size;
  return Math.min(1, guesses * Math.min(hits, 1 / arrangements([...counts.values()])));
}

/** Number of ways to assign this many images of each class to the classes. */
function arrangements(counts: readonly number[]): number {
  let [ways, placed] = [1, 0];
  for (const count of counts) for (let at = 1; at <= count; at++) ways *= ++placed / at;
  return ways;
}

/** "By chance, that happens once in 187 times." */
export function oddsText(chance: number): string {
  if (chance >= 0.5)
    return 'With so few examples, chance gives the same result half of the time: add some of each class.';
  if (chance < 1e-6) return 'By chance, that happens less than once in a million times.';
  const odds = `By chance, that happens once in ${Math.round(1 / chance).toLocaleString('en-US')} times`;
  return chance < certain ? `${odds}.` : `${odds}: add examples of each class to be sure.`;
}

/** Below it, chance is ruled out. */
export const certain = 0.05;
