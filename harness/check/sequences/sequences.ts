import fc from 'fast-check';
import type { Arguments } from '../../engine/subject.js';
import { batchesIn } from '../../images/batches.js';
import type { BatchSpace } from '../../images/space.js';
import type { Batch } from '../../verdict/batch.js';
import { nothingSet, type Step } from './step.js';

/** Calls of a random sequence, at most. */
const maxRandomSteps = 24;

/** Calls of any sequence, at most: what shrinking may keep of a long one. */
const maxSteps = 200;

/**
 * Random sequences of calls, most of them of few images; each shrinks to the shortest that still fails, and to the first of
 * the settings that its calls are made with.
 */
export function sequencesIn(
  space: BatchSpace,
  settings: readonly Arguments[],
): fc.Arbitrary<readonly Step[]> {
  const step = fc.record({
    batch: smallBatches(space),
    training: fc.boolean(),
    setting: fc.constantFrom(...settings),
  });
  return fc.array(step, { minLength: 1, maxLength: maxSteps, size: 'max', depthIdentifier: 'steps' });
}

/** The random sequences of one seed, without hyperparameters. */
export function randomSequences(
  space: BatchSpace,
  seed: number,
  count: number,
): readonly (readonly Step[])[] {
  const step = fc.record({
    batch: smallBatches(space),
    training: fc.boolean(),
    setting: fc.constant(nothingSet),
  });
  return fc.sample(fc.array(step, { minLength: 2, maxLength: maxRandomSteps }), { seed, numRuns: count });
}

/** Sequences make many calls: their images are of the smaller sizes. */
function smallBatches(space: BatchSpace): fc.Arbitrary<Batch> {
  const least = space.height.min * space.width.min * space.minCount;
  return batchesIn({ ...space, pixelsPerCall: Math.min(space.pixelsPerCall, Math.max(least, maxPixels)) });
}

/** Pixels of one call of a sequence, unless one image of the smallest size has more. */
const maxPixels = 64 * 64 * 4;
