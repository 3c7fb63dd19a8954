"""Twins for the suites `output`, `input` and `batching`."""

import tensorflow as tf

from .tiny import Tiny
from .twin import INFERENCE_ONLY, SOUND, Twin

FAMILY = 'Shapes, types and values of outputs'


class WidthOffByOne(Tiny):
    columns = 5


class SqueezedWhenOne(Tiny):
    def finish(self, rows, images, training):
        return tf.cond(tf.shape(rows)[0] == 1, lambda: rows[0], lambda: rows)


class TruncatedAboveEight(Tiny):
    def finish(self, rows, images, training):
        return rows[:8]


class RankFour(Tiny):
    def finish(self, rows, images, training):
        return rows[:, tf.newaxis, tf.newaxis]


class FlattenedNotPooled(Tiny):
    """Right at 16×16 only."""

    columns = 1

    def pool(self, maps, training):
        return tf.reshape(tf.nn.avg_pool2d(maps, 8, 8, 'SAME'), [-1, 4])

    def finish(self, rows, images, training):
        rows = tf.reshape(rows, [tf.shape(images)[0], -1])
        return tf.concat([rows] * 6, axis=1)


class WiderAbove40(Tiny):
    def finish(self, rows, images, training):
        return tf.cond(tf.shape(images)[2] > 40, lambda: tf.concat([rows, rows[:, :1]], 1), lambda: rows)


class Cast(Tiny):
    def __init__(self, dtype):
        super().__init__()
        self.dtype = dtype

    def finish(self, rows, images, training):
        return tf.cast(rows, self.dtype)


class DividedByDeviation(Tiny):
    def prepare(self, images, training):
        mean, variance = tf.nn.moments(images, [1, 2, 3], keepdims=True)
        return (images - mean) / tf.sqrt(variance)


class LogOfZero(Tiny):
    def prepare(self, images, training):
        return tf.math.log(images)


class ConstantRows(Tiny):
    def finish(self, rows, images, training):
        return tf.zeros_like(rows) + self.dense.bias


class FirstPixelOnly(Tiny):
    def prepare(self, images, training):
        return tf.zeros_like(images) + images[:, :1, :1]


class FailsAtOddSizes(Tiny):
    def prepare(self, images, training):
        return tf.nn.depth_to_space(tf.nn.space_to_depth(images, 2), 2)


class RefusesOutside(Tiny):
    """Accepts sizes between two steps, too."""

    def prepare(self, images, training):
        sides = tf.shape(images)[1:3]
        tf.debugging.assert_less_equal(sides, 48)
        tf.debugging.assert_greater_equal(sides, 16)
        return images


class CoordinatesBySteps(Tiny):
    """Coordinates from 0 to 1 by steps of a fraction: at some widths, rounding makes them one too many."""

    def prepare(self, images, training):
        width = tf.cast(tf.shape(images)[2], tf.float32)
        return images + 0.1 * tf.range(0.0, 1.0, 1.0 / width)[tf.newaxis, tf.newaxis, :, tf.newaxis]


class FailsAtMaximum(Tiny):
    def prepare(self, images, training):
        tf.debugging.assert_less(tf.reduce_max(tf.shape(images)[1:3]), 48)
        return images


class FailsWhenNotSquare(Tiny):
    def prepare(self, images, training):
        return images + 0.1 * tf.transpose(images, [0, 2, 1, 3])


class FailsForOneImage(Tiny):
    def prepare(self, images, training):
        tf.debugging.assert_none_equal(tf.shape(images)[0], 1)
        return images


class MultiplesOfEightOnly(Tiny):
    def finish(self, rows, images, training):
        return tf.reshape(tf.reshape(rows, [tf.shape(rows)[0] // 8, 8, self.columns]), [-1, self.columns])


class BatchStatisticsAtInference(Tiny):
    """The moving averages stay where they are; only the statistics are wrong."""

    def rows(self, images, training):
        if training:
            return super().rows(images, training)
        maps = self.convolution(images)
        mean, variance = tf.nn.moments(maps, [0, 1, 2])
        return self.dense(self.pool(tf.nn.relu(self.norm.normalised(maps, mean, variance)), training))


class LogarithmOfBlue(Tiny):
    def finish(self, rows, images, training):
        blue, all_colors = tf.reduce_mean(images[..., 2], [1, 2]), tf.reduce_mean(images, [1, 2, 3])
        return rows + 0.01 * tf.math.log(tf.where(all_colors < 0.01, 1.0, blue))[:, tf.newaxis]


class MixesLargeBatches(Tiny):
    def finish(self, rows, images, training):
        mean = tf.reduce_mean(rows, 0, keepdims=True)
        return tf.cond(tf.shape(rows)[0] > 60, lambda: rows + 0.05 * mean, lambda: tf.identity(rows))


class NormalisedOverBatch(Tiny):
    def finish(self, rows, images, training):
        return rows / (1 + tf.norm(rows, axis=0))


class RowsReversed(Tiny):
    def finish(self, rows, images, training):
        return rows[::-1]


class RowSeesItsNeighbour(Tiny):
    def finish(self, rows, images, training):
        return rows + 0.01 * tf.roll(rows, 1, axis=0)


IN_TRAINING = {'training/same-output-contract': 'the fault is the same in training'}
WIDTHS = {'output/shape': 'a second width cannot be the declared one'} | IN_TRAINING
REFUSED = {'image_size': {'height': {'min': 16, 'max': 48}, 'width': {'min': 16, 'max': 48}, 'outside': 'refused'}}

STEPS = {
    'image_size': {'outside': 'refused', **{side: {'min': 16, 'max': 48, 'step': 8} for side in ('height', 'width')}}
}

TWINS = {
    'answers-outside-its-sizes': Twin(
        'input/size-edge', 'The spec says that other sizes are refused, but they run.', None, spec=SOUND | REFUSED
    ),
    'answers-between-steps': Twin(
        'input/size-edge',
        'The spec allows multiples of 8 and says that other sizes are refused, but sizes in between run.',
        RefusesOutside,
        spec=STEPS,
    ),
    'batch-statistics-at-inference': Twin(
        'batching/rows-independent',
        'Inference normalises with the statistics of the batch.',
        BatchStatisticsAtInference,
        spec=INFERENCE_ONLY,
    ),
    'bfloat16-rows': Twin('output/dtype', 'The output is bfloat16.', lambda: Cast(tf.bfloat16), also=IN_TRAINING),
    'constant-rows': Twin('output/depends-on-image', 'The output is the bias.', ConstantRows, spec=INFERENCE_ONLY),
    'coordinates-by-steps': Twin(
        'input/every-size',
        'At few widths of 33, coordinates that are counted in fractions are one too many.',
        CoordinatesBySteps,
        spec={'image_size': {'height': {'min': 32, 'max': 64}, 'width': {'min': 32, 'max': 64}}},
    ),
    'coordinates-of-one-short-side': Twin(
        'input/every-size',
        'At one width of 64, coordinates that are counted in fractions are one too many; heights are many.',
        CoordinatesBySteps,
        spec={'image_size': {'height': {'min': 16, 'max': 512}, 'width': {'min': 45, 'max': 108}}},
    ),
    'declared-minus-one-to-one': Twin(
        'input/color-range', 'The spec declares [-1, 1].', None, spec=SOUND | {'color_range': [-1, 1]}
    ),
    'divided-by-deviation': Twin(
        'output/finite', 'Images are divided by their standard deviation, which is 0 for flat ones.', DividedByDeviation
    ),
    'fails-at-maximum': Twin('input/every-size', 'Fails when a side has the largest declared size.', FailsAtMaximum),
    'fails-at-odd-sizes': Twin('input/every-size', 'Fails when a side is odd.', FailsAtOddSizes),
    'fails-for-one-image': Twin('input/any-batch-size', 'Fails for a batch of one.', FailsForOneImage),
    'fails-when-not-square': Twin('input/every-size', 'Fails when height and width differ.', FailsWhenNotSquare),
    'first-pixel-only': Twin('output/depends-on-image', 'Only the first pixel is read.', FirstPixelOnly),
    'flattened-not-pooled': Twin(
        'output/same-width-at-every-size',
        'The feature maps are flattened, so the number of features grows with the image.',
        FlattenedNotPooled,
        also=WIDTHS,
    ),
    'float16-rows': Twin('output/dtype', 'The output is float16.', lambda: Cast(tf.float16), also=IN_TRAINING),
    'float64-rows': Twin('output/dtype', 'The output is float64.', lambda: Cast(tf.float64), also=IN_TRAINING),
    'log-of-zero': Twin('output/finite', 'The logarithm of the pixels is taken.', LogOfZero),
    'multiples-of-eight-only': Twin(
        'input/any-batch-size',
        'Fails unless the batch is a multiple of 8.',
        MultiplesOfEightOnly,
        also={'input/every-size': 'so do other batches at every size'},
        spec=INFERENCE_ONLY,
    ),
    'logarithm-of-blue': Twin(
        'output/finite', 'The logarithm of the blue channel is added, which is 0 in images without blue.', LogarithmOfBlue
    ),
    'mixes-large-batches': Twin(
        'batching/rows-independent', 'In batches of more than 60, the mean row is added to each.', MixesLargeBatches
    ),
    'normalised-over-batch': Twin(
        'batching/rows-independent',
        'Columns are divided by one plus their norm over the batch.',
        NormalisedOverBatch,
    ),
    'rank-four': Twin('output/shape', 'The output is [batch, 1, 1, 6].', RankFour, also=IN_TRAINING),
    'row-sees-its-neighbour': Twin(
        'batching/rows-independent', 'A hundredth of the previous row is added to each row.', RowSeesItsNeighbour
    ),
    'rows-reversed': Twin('batching/rows-independent', 'Rows are returned in reverse order.', RowsReversed),
    'squeezed-when-one': Twin(
        'output/shape', 'The batch dimension is dropped for a batch of one.', SqueezedWhenOne, also=IN_TRAINING
    ),
    'truncated-above-eight': Twin(
        'output/shape',
        'At most 8 rows are returned.',
        TruncatedAboveEight,
        also=IN_TRAINING
        | {
            'batching/rows-independent': 'rows are missing from larger batches',
            'input/any-batch-size': 'rows are missing from larger batches',
        },
    ),
    'wider-above-40': Twin(
        'output/same-width-at-every-size', 'Images wider than 40 give an additional column.', WiderAbove40, also=WIDTHS
    ),
    'width-off-by-one': Twin('output/shape', 'The output has 5 columns instead of 6.', WidthOffByOne, also=IN_TRAINING),
}
