import type { Subject } from '../engine/subject.js';
import { allowsBatch, type BatchSpace } from '../images/space.js';
import type { Batch } from '../verdict/batch.js';
import type { TriedCase } from './tried-case.js';

/** After a failure, other sizes are tried to draw its pattern: with so many calls, and for so long, at most. */
const maxCalls = 20;
const maxSizes = 40;
export const otherSizesMs = 2000;

/** How a case goes; undefined where that could not be found out, and no other will be. */
export type Outcome = (batch: Batch) => Promise<TriedCase['outcome'] | undefined>;

/** The images of a failure at other sizes, those of the cases; until time or calls are up, or the model is lost. */
export async function tryOtherSizes(
  broken: Batch,
  sizes: readonly Batch[],
  subject: Pick<Subject, 'spent'>,
  outcomeOf: Outcome,
): Promise<TriedCase[]> {
  const until = performance.now() + otherSizesMs;
  const before = subject.spent.calls;
  const tried: TriedCase[] = [{ batch: broken, outcome: 'fail', drawn: false }];
  for (const batch of sizes) {
    if (performance.now() > until || subject.spent.calls - before >= maxCalls) break;
    const outcome = await outcomeOf(batch);
    if (outcome === undefined) break;
    tried.push({ batch, outcome, drawn: false });
  }
  return tried;
}

/** The images of a failure at each other size that cases have. */
export function atOtherSizes(broken: Batch, cases: readonly Batch[], space: BatchSpace): Batch[] {
  const known = new Set([sizeOf(broken)]);
  const others = cases.flatMap(({ height, width }) => {
    const batch = { ...broken, height, width };
    if (known.has(sizeOf(batch)) || !allowsBatch(space, batch)) return [];
    known.add(sizeOf(batch));
    return [batch];
  });
  return others.slice(0, maxSizes);
}

function sizeOf({ height, width }: Batch): string {
  return `${height}×${width}`;
}
