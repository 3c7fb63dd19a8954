"""Twins of batching/rows-independent: rows that depend on their neighbours, their place or their number, by little or rarely."""

import tensorflow as tf

from .tiny import Tiny
from .twin import FINE_TUNING, Twin

FAMILY = 'Rows that depend on their neighbours, place or number'

# A millionth: some eight units in the last place of a float32.
LITTLE = 1e-6


class MeanByAMillionth(Tiny):
    def finish(self, rows, images, training):
        return rows + LITTLE * tf.reduce_mean(rows, 0)


class LargestByAMillionth(Tiny):
    def finish(self, rows, images, training):
        return rows + LITTLE * tf.reduce_max(rows, 0)


class RowBeforeByAMillionth(Tiny):
    def finish(self, rows, images, training):
        return tf.concat([rows[:1], rows[1:] + LITTLE * rows[:-1]], 0)


class LargeBatchesByAMillionth(Tiny):
    def finish(self, rows, images, training):
        mean = tf.reduce_mean(rows, 0)
        return tf.cond(tf.shape(rows)[0] > 60, lambda: rows + LITTLE * mean, lambda: tf.identity(rows))


class LargeImagesByAMillionth(Tiny):
    def finish(self, rows, images, training):
        mean = tf.reduce_mean(rows, 0)
        return tf.cond(tf.shape(images)[1] > 44, lambda: rows + LITTLE * mean, lambda: tf.identity(rows))


class FirstRowSeesTheRest(Tiny):
    def finish(self, rows, images, training):
        return tf.concat([rows[:1] + LITTLE * tf.reduce_mean(rows, 0), rows[1:]], 0)


class LastRowSeen(Tiny):
    """The last image is in every row but its own."""

    def finish(self, rows, images, training):
        return tf.concat([rows[:-1] + LITTLE * rows[-1:], rows[-1:]], 0)


class RankInTheBatch(Tiny):
    """How many rows are smaller, column by column."""

    def finish(self, rows, images, training):
        ranks = tf.argsort(tf.argsort(rows, 0), 0)
        return rows + 1e-4 * tf.cast(ranks, tf.float32)


class WinnerOfTheBatch(Tiny):
    """Only the image with the largest first column of the batch has it raised."""

    def finish(self, rows, images, training):
        winner = tf.one_hot(tf.argmax(rows[:, 0]), tf.shape(rows)[0])
        return rows + 1e-3 * winner[:, tf.newaxis]


class RepeatsAreZero(Tiny):
    """An image that was in the batch before gets zeros."""

    def finish(self, rows, images, training):
        _, index = tf.unique(tf.reduce_sum(images, [1, 2, 3]))
        same = tf.cast(index[:, tf.newaxis] == index, tf.float32)
        earlier = tf.linalg.band_part(same, -1, 0) - tf.eye(tf.shape(rows)[0])
        return tf.where(tf.reduce_max(earlier, 1, keepdims=True) > 0, 0.0, rows)


class DividedByTheCount(Tiny):
    def finish(self, rows, images, training):
        return rows / tf.cast(tf.shape(rows)[0], tf.float32)


class FirstRowDoubled(Tiny):
    def finish(self, rows, images, training):
        return tf.concat([2.0 * rows[:1], rows[1:]], 0)


class PlaceAdded(Tiny):
    """A hundredth of the place in the batch, as a mistaken positional embedding adds it."""

    def finish(self, rows, images, training):
        return rows + 0.01 * tf.cast(tf.range(tf.shape(rows)[0]), tf.float32)[:, tf.newaxis]


class BrightestPixelOfTheBatch(Tiny):
    """Images are scaled by the brightest pixel of them all."""

    def prepare(self, images, training):
        return images / tf.maximum(tf.reduce_max(images), 0.1)


class AttentionOverTheBatch(Tiny):
    """Rows attend to each other; each almost only to itself."""

    def finish(self, rows, images, training):
        weights = tf.nn.softmax(10.0 * tf.eye(tf.shape(rows)[0]), 1)
        return weights @ rows


class SqueezeOverTheBatch(Tiny):
    """The gate of squeeze-and-excite is made from the mean over the batch as well."""

    def pool(self, maps, training):
        gate = tf.sigmoid(tf.reduce_mean(maps, [0, 1, 2], keepdims=True))
        return tf.reduce_mean(maps * (1.0 + 0.001 * gate), [1, 2])


class SeesSecondNext(Tiny):
    """Each row hangs on the one two places on, in batches of five and more."""

    def finish(self, rows, images, training):
        return tf.cond(
            tf.shape(rows)[0] >= 5, lambda: rows + 1e-5 * tf.roll(rows, -2, 0), lambda: tf.identity(rows)
        )


class RangeOfDarkBatch(Tiny):
    """Takes pixels for divided by 255 twice where no pixel of the batch is bright."""

    def prepare(self, images, training):
        return images * tf.where(tf.reduce_max(images) <= 1 / 16, 16.0, 1.0)


class ContrastOfBrightBatch(Tiny):
    """Stretches the contrast where no pixel of the batch is dark."""

    def prepare(self, images, training):
        return tf.cond(tf.reduce_min(images) > 0.9, lambda: 10.0 * images - 9.0, lambda: tf.identity(images))


class PlacesInFloat16(Tiny):
    """The place of an image rides in float16 beside a box, which holds whole numbers up to 2048 only."""

    def pool(self, maps, training):
        count = tf.shape(maps)[0]
        places = tf.cast(tf.range(count), tf.float16)[:, tf.newaxis]
        boxes = tf.concat([places, tf.tile(tf.constant([[0.0, 0.0, 1.0, 1.0]], tf.float16), [count, 1])], 1)
        kept = tf.minimum(tf.cast(boxes[:, 0], tf.int32), count - 1)
        return tf.reduce_mean(tf.image.crop_and_resize(maps, tf.cast(boxes[:, 1:], tf.float32), kept, [8, 8]), [1, 2])


class BrightnessInBfloat16(Tiny):
    """Each row takes the brightness of its image by a number that bfloat16 holds up to 256 only."""

    def finish(self, rows, images, training):
        places = tf.cast(tf.cast(tf.range(tf.shape(rows)[0]), tf.bfloat16), tf.int32)
        brightness = tf.reduce_mean(images, [1, 2, 3])
        return rows * (0.5 + tf.gather(brightness, tf.minimum(places, tf.shape(rows)[0] - 1)))[:, tf.newaxis]


class SortedByBrightness(Tiny):
    """Sound: images are sorted, and their rows put back in order."""

    @tf.function
    def __call__(self, images, training=False):
        order = tf.argsort(tf.reduce_mean(images, [1, 2, 3]))
        return tf.gather(self.rows(tf.gather(images, order), training), tf.argsort(order))


def twin(fault, root):
    also = {'training/many-steps': 'rows are coupled after each sequence, too'}
    return Twin('batching/rows-independent', fault, root, also=also)


class Attention(Tiny):
    """The sum of the features and of an attention over something, behind a trained gate that is closed when saved."""

    def __init__(self):
        super().__init__()
        self.gate = tf.Variable([0.0], name='gate')
        self.variables = [*self.variables, self.gate]
        self.trainable_variables = [*self.trainable_variables, self.gate]

    def pool(self, maps, training):
        units = super().pool(maps, training)
        return units + self.gate * self.attended(units)


class AttentionOverImages(Attention):
    def attended(self, units):
        return tf.nn.softmax(units @ tf.transpose(units)) @ units


class AttentionOverFeatures(Attention):
    def attended(self, units):
        return tf.nn.softmax(units) * units


TWINS = {
    'attention-over-images': Twin(
        'batching/rows-independent',
        'Attention over the batch, behind a gate that is closed when saved and opens in training.',
        AttentionOverImages,
        spec={'fine_tuning': FINE_TUNING | {'trainable_variables': 6}},
    ),
    'attention-over-the-batch': twin('Rows attend to each other, a little.', AttentionOverTheBatch),
    'brightest-pixel-of-the-batch': twin('Images are scaled by the brightest pixel of the batch.', BrightestPixelOfTheBatch),
    'brightness-in-bfloat16': Twin(
        'batching/rows-independent', 'From 258 images on, a row takes the brightness of another.', BrightnessInBfloat16
    ),
    'contrast-of-bright-batch': Twin(
        'batching/rows-independent', 'Batches without a dark pixel are stretched in contrast.', ContrastOfBrightBatch
    ),
    'divided-by-the-count': twin('Rows are divided by the number of images.', DividedByTheCount),
    'first-row-doubled': twin('The first row of a batch is doubled.', FirstRowDoubled),
    'first-row-sees-the-rest': twin('A millionth of the mean row is added to the first.', FirstRowSeesTheRest),
    'large-batches-by-a-millionth': twin(
        'A millionth of the mean row is added in batches of more than 60.', LargeBatchesByAMillionth
    ),
    'large-images-by-a-millionth': twin(
        'A millionth of the mean row is added at heights above 44.', LargeImagesByAMillionth
    ),
    'largest-by-a-millionth': twin('A millionth of the largest of each column is added.', LargestByAMillionth),
    'last-row-seen': twin('A millionth of the last row is added to the others.', LastRowSeen),
    'mean-by-a-millionth': twin('A millionth of the mean row is added.', MeanByAMillionth),
    'place-added': twin('A hundredth of the place in the batch is added.', PlaceAdded),
    'places-in-float16': Twin(
        'batching/rows-independent', 'The 2050th row is that of the image before.', PlacesInFloat16
    ),
    'range-of-dark-batch': Twin(
        'batching/rows-independent', 'Batches without a bright pixel are made brighter.', RangeOfDarkBatch
    ),
    'rank-in-the-batch': twin('The rank of each column in the batch is added, a ten-thousandth each.', RankInTheBatch),
    'repeats-are-zero': twin('An image that the batch holds twice gets zeros the second time.', RepeatsAreZero),
    'row-before-by-a-millionth': twin('A millionth of the row before is added.', RowBeforeByAMillionth),
    'sees-second-next': twin('In batches of five and more, a little of the second row after is added.', SeesSecondNext),
    'squeeze-over-the-batch': twin('A gate is made from the mean over the batch.', SqueezeOverTheBatch),
    'winner-of-the-batch': twin('The row with the largest first column is raised.', WinnerOfTheBatch),
}
