import type { Tensor } from '../../harness/engine/subject.js';
import type { FakeAnswer } from '../../harness/engine/testing/fake-behavior.js';
import { changed, tensor } from '../../harness/engine/testing/tensors.js';
import type { Images } from '../../harness/images/picture.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { rowsIndependent } from './rows-independent.js';

/** How far the smallest variation of a flat image moves a row that is normalized. */
const noiseIn = (images: Images) => ('file' in images ? 0 : 100 * (images.nudge ?? 0));

/** Adds to each value what a function makes of its place and of all values. */
const adding =
  (what: (at: { row: number; column: number }, all: Tensor) => number): FakeAnswer =>
  (_images, _args, { sound }) =>
    changed(sound, (value, at) => value + what(at, sound));

const columnMean = ({ values, shape: [count = 1, columns = 1] }: Tensor, column: number) =>
  values.reduce((sum, value, index) => sum + (index % columns === column ? value / count : 0), 0);

testCheck(rowsIndependent, {
  passes: [
    { name: 'rows from their images alone' },
    {
      name: 'the last bits of a row follow its place and the number of images',
      call: adding(({ row }, { shape: [count = 1] }) => 2 ** -22 * (((row * 7 + count * 3) % 5) - 2)),
    },
    {
      name: 'flat images, in which nothing but rounding is left, differ by percents where the sums are split otherwise',
      call: (images, _args, { sound }) => {
        const plain = !('file' in images) && ['black', 'white', 'flat', 'primary'].includes(images.pattern);
        return changed(
          sound,
          (value, { row }) => value * (plain ? 1 + 0.01 * ((row + images.count) % 3) + noiseIn(images) : 1),
        );
      },
    },
    {
      name: 'a coupling that the spec allows for',
      spec: { tolerance: { absolute: 0.01 } },
      call: adding(({ column }, all) => 0.001 * columnMean(all, column)),
    },
  ],
  fails: [
    {
      name: 'the mean row, behind a gate that is closed as long as the kernel is as it was saved',
      call: (images, args, about) =>
        about.steps.has('kernel')
          ? adding(({ column }, all) => 0.01 * columnMean(all, column))(images, args, about)
          : about.sound,
      finding: { where: 'row beside other images, with other values of the trainable variables' },
    },
    {
      name: 'a millionth of the mean row',
      call: adding(({ column }, all) => 1e-6 * columnMean(all, column)),
      finding: {
        where: 'row beside other images',
        expected:
          /^-?\d+\.\d{5,8} exactly \(4 repeated calls gave the same bits\) in row \d, column \d, of 2$/,
        actual: /^-?\d+\.\d{5,8}: off by .*e-7, .*e-7 of the largest value of the row, in row \d of 2$/,
        batch: { count: 1, height: 8, width: 8 },
      },
    },
    {
      name: 'a millionth of the row before',
      call: adding(({ row, column }, { values }) =>
        row > 0 ? 1e-6 * (values[(row - 1) * 4 + column] ?? 0) : 0,
      ),
      finding: { where: 'row beside other images' },
    },
    {
      name: 'the winner of the batch is raised',
      call: adding(({ row }, { values, shape: [count = 1] }) => {
        const first = Array.from({ length: count }, (_, each) => values[each * 4] ?? 0);
        return first.indexOf(Math.max(...first)) === row ? 0.001 : 0;
      }),
      finding: { where: 'row beside other images' },
    },
    {
      name: 'a hundredth of the place',
      call: adding(({ row }) => 0.01 * row),
      finding: { where: /^row (among another number of images|in another position of the batch)$/ },
    },
    {
      name: 'divided by the number of images',
      call: ({ count }, _args, { sound }) => changed(sound, (value) => value / count),
      finding: {
        where: 'row among another number of images',
        expected: /the most that rounding of every pixel changes/,
      },
    },
    {
      name: 'faint images are scaled by their number',
      call: (images, _args, { sound }) => {
        const faint = !('file' in images) && images.pattern === 'faint';
        return changed(sound, (value) => value * (faint ? 1 + 0.1 / Math.sqrt(images.count) : 1));
      },
      finding: { where: 'row among another number of images' },
    },
    {
      name: 'rows in reverse',
      call: (_images, _args, { sound }) => {
        const [count = 0] = sound.shape;
        return changed(sound, (_, { row, column }) => sound.values[(count - 1 - row) * 4 + column] ?? 0);
      },
      finding: { where: /^row / },
    },
    {
      name: 'NaN beside a brighter image',
      call: adding(({ row, column }, { values }) =>
        Math.max(...values) > (values[row * 4 + column] ?? 0) + 1 ? Number.NaN : 0,
      ),
      finding: { where: /^row /, actual: /NaN/ },
    },
  ],
  undecided: [
    {
      name: 'every call gives something else',
      call: (_images, _args, { sound, random }) => changed(sound, (value) => value + random()),
      reason: 'The same call gives other rows each time.',
    },
    {
      name: 'not one row for each image',
      call: () => tensor([7, 4]),
      reason: /^The output has shape \[7, 4\] for 2 images/,
    },
  ],
});
