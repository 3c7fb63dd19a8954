import { always, type Check } from '../../harness/check/check.js';
import { differenceOf, rowsOf } from '../../harness/check/compare.js';
import { leastRounding } from '../../harness/check/last-bits.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { sizesOfOtherFunctions } from '../../harness/check/sizes-of-functions.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { ModelCalls, ModelFacts } from '../../harness/engine/subject.js';
import { sizeCorners } from '../../harness/images/corners.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { distinct } from '../../harness/verdict/distinct.js';

export const dependsOnImage: Check = {
  id: 'output/depends-on-image',
  level: 'should',
  demands: 'Different images SHOULD give different rows.',
  explain: {
    matters:
      'A model that gives the same row for every image is useless, and its constant answer can look plausible for a long time.',
    decided:
      'At up to four sizes, and at two more where these run other functions, the model is called with up to eight images of different kinds, and then with images that differ only in their inner pixels. The check fails when all rows are equal, up to the last bits.',
    calls:
      'Three at each of up to four sizes, since a model may ignore what it sees at some sizes only: different images, the same with other inner pixels, and a single one. One more with copies of an image where rows are nearly the same.',
    fix: 'Make sure that the call uses `images`, and that the saved weights are the trained ones. A last kernel of zeros, or ReLUs that never fire, leave only the bias.',
  },
  applies: always,
  kind: 'measurement',
  foreseen: (model, contract) =>
    groupsFor(model, contract).flatMap((group) => group.map((batch) => ({ batch }))),
  measure: async (subject, contract) => {
    const groups = groupsFor(subject.model, contract);
    for (const group of groups) {
      const [batch] = group;
      const outputs = [];
      for (const one of group) outputs.push(await numericRows(subject, { batch: one }));
      const rows = outputs.flatMap(rowsOf);
      if (!allEqual(subject, batch, rows) || (await varyMore(subject, batch, rows))) continue;
      const actual = `${batch.count} different images gave the same row`;
      return {
        status: 'fail',
        finding: { where: 'output rows', expected: 'rows that differ', actual, batch },
      };
    }
    return { status: 'pass', summary: 'different images gave different rows', cases: groups.length };
  },
};

/** Batches of which some images must differ in their rows. */
type Group = readonly [Batch, ...Batch[]];

/**
 * Two groups for each size: images of all kinds, and images that differ only inside a black frame. A model that reads
 * only the first pixel or the border can't distinguish the latter.
 */
function groupsFor(model: SavedModel, contract: Contract): Group[] {
  const sizes = distinct([
    ...sizeCorners(contract).sizes.slice(0, 4),
    ...sizesOfOtherFunctions(model, contract),
  ]);
  return sizes.flatMap(({ height, width }): Group[] => {
    const affordable = Math.floor(Math.min(maxPixels, contract.limits.pixelsPerCall) / (height * width));
    const all = { height, width, count: Math.max(2, Math.min(8, affordable)), seed: 5 };
    const varied: Group = [{ ...all, pattern: 'mixed' }];
    if (Math.min(height, width) <= 4) return [varied];
    return [
      varied,
      [
        { ...all, pattern: 'framed' },
        { ...all, count: 1, pattern: 'black' },
      ],
    ];
  });
}

/** Of one batch: large images are few. */
const maxPixels = 2 ** 20;

/** Up to rounding: the same pixels in another row of a batch can give another last bit. */
function allEqual(subject: ModelFacts, batch: Batch, [first, ...others]: readonly Float32Array[]): boolean {
  if (first === undefined || others.length === 0) return false;
  const tolerance = leastRounding(subject, { batch }, first);
  return others.every((row) => differenceOf(first, row, tolerance) === undefined);
}

/**
 * Whether some column differs by more than in copies of one image: beside a large column, such as one that is masked by -1e9, the
 * others may differ by less than what would be rounding of the row.
 */
async function varyMore(
  subject: ModelFacts & ModelCalls,
  batch: Batch,
  rows: readonly Float32Array[],
): Promise<boolean> {
  const copies = { ...batch, rows: Array.from({ length: batch.count }, () => 0) };
  const same = rowsOf(await numericRows(subject, { batch: copies }));
  const columns = [...(rows[0] ?? [])].map((_, column) => column);
  return columns.some((column) => {
    const lastBits = 4 * 2 ** -23 * Math.abs(rows[0]?.[column] ?? 0);
    return spreadOf(rows, column) > 4 * spreadOf(same, column) + lastBits;
  });
}

function spreadOf(rows: readonly Float32Array[], column: number): number {
  const values = rows.map((row) => row[column] ?? 0);
  return Math.max(...values) - Math.min(...values);
}
