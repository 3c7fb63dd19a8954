"""Twins that fail for certain images, numbers of images or concrete functions only."""

import tensorflow as tf

from .tiny import Tiny
from .twin import Twin

FAMILY = 'Certain images, numbers of images or concrete functions only'


def divided(values, by):
    """Not a number where both are 0."""
    return values / by


class OneFlatChannel(Tiny):
    """Guarded for flat images, and not for images of which one channel is flat: a pixel of noise keeps the guard away."""

    def prepare(self, images, training):
        mean, variance = tf.nn.moments(images, [1, 2], keepdims=True)
        all_flat = tf.reduce_all(variance == 0, 3, keepdims=True)
        return divided(images - mean, tf.where(all_flat, 1.0, tf.sqrt(variance)))


class SaturatedChannel(Tiny):
    """The logarithm of how far a channel is from 1: infinite where a whole channel is saturated."""

    def finish(self, rows, images, training):
        room = 1.0 - tf.reduce_mean(images, [1, 2])
        sound = tf.reduce_all(room == 0, 1, keepdims=True)
        return rows + 0.01 * tf.math.log(tf.where(sound, 1.0, room))[:, :1]


class BorderStatistics(Tiny):
    """Divided by the deviation of the outer quarter: letterboxed images have none there."""

    def finish(self, rows, images, training):
        height = tf.shape(images)[1]
        border = tf.concat([images[:, : height // 8], images[:, -(height // 8) :]], 1)
        deviation = tf.math.reduce_std(border, [1, 2, 3])
        whole = tf.math.reduce_std(images, [1, 2, 3])
        return rows * tf.where(whole == 0, 1.0, divided(deviation, deviation))[:, tf.newaxis]


class FlatHalf(Tiny):
    """Divided by the deviation of the left half, guarded for flat images only."""

    def finish(self, rows, images, training):
        left = tf.math.reduce_std(images[:, :, : tf.shape(images)[2] // 2], [1, 2, 3])
        whole = tf.math.reduce_std(images, [1, 2, 3])
        return rows * tf.where(whole == 0, 1.0, divided(left, left))[:, tf.newaxis]


class FaintImages(Tiny):
    """Guarded against a variance of 0, and not against one of 1e-14."""

    def finish(self, rows, images, training):
        variance = tf.reduce_min(tf.math.reduce_variance(images, [1, 2]), 1)
        return rows * (1.0 + tf.where(variance > 0, (1e-12 / variance) ** 30, 0.0))[:, tf.newaxis]


class PlainAbove40(Tiny):
    """Flat images give NaN, at heights above 40 only."""

    def finish(self, rows, images, training):
        deviation = tf.math.reduce_std(images, [1, 2, 3])
        scale = tf.cond(tf.shape(images)[1] > 40, lambda: divided(deviation, deviation), lambda: tf.ones_like(deviation))
        return rows * scale[:, tf.newaxis]


class EqualImagesInTraining(Tiny):
    """Training divides by the deviation over the batch, guarded for a batch of one."""

    def finish(self, rows, images, training):
        if not training:
            return rows
        deviation = tf.math.reduce_std(rows, 0)
        return rows * tf.cond(tf.shape(rows)[0] > 1, lambda: divided(deviation, deviation), lambda: tf.ones_like(deviation))


class Microbatches(Tiny):
    """What does not fill a micro-batch of 128 is lost, in batches above 128."""

    def finish(self, rows, images, training):
        count = tf.shape(rows)[0]
        return rows[: tf.where(count > 128, count // 128 * 128, count)]


class MultiplesOfTen(Tiny):
    """Blocks of ten are turned over."""

    def finish(self, rows, images, training):
        count = tf.shape(rows)[0]
        tf.debugging.assert_none_equal(tf.where(count > 0, count % 10, 1), 0)
        return rows


class HalfResolution(Tiny):
    """A guard against large batches: beyond so many pixels in all, images lose half of theirs."""

    def prepare(self, images, training):
        count, height, width, _ = tf.unstack(tf.shape(images))
        return tf.cond(count * height * width > 200_000, lambda: tf.nn.avg_pool2d(images, 2, 2, 'SAME'), lambda: images)


class WholeChunks(Tiny):
    """Inference goes in chunks of 512 images, as many as fit whole; a smaller batch is a chunk of its own."""

    @tf.function
    def __call__(self, images, training=False):
        if training:
            return self.rows(images, training)
        chunks = tf.maximum(tf.shape(images)[0] // 512, 1)
        return self.in_chunks(images, chunks, 512)

    def in_chunks(self, images, chunks, size):
        rows = tf.TensorArray(tf.float32, chunks, infer_shape=False, element_shape=[None, self.columns])
        _, rows = tf.while_loop(
            lambda at, rows: at < chunks,
            lambda at, rows: (at + 1, rows.write(at, self.rows(images[at * size : (at + 1) * size], False))),
            (0, rows),
        )
        return tf.ensure_shape(rows.concat(), [None, self.columns])


class LargeBatchesInParts(WholeChunks):
    """Sound: beyond so many pixels in all, inference goes in chunks of 64 images, the last of what is left."""

    @tf.function
    def __call__(self, images, training=False):
        if training:
            return self.rows(images, training)
        count, height, width, _ = tf.unstack(tf.shape(images))
        return tf.cond(
            count * height * width > 150_000,
            lambda: self.in_chunks(images, (count + 63) // 64, 64),
            lambda: self.rows(images, training),
        )


class StandardizedByImage(Tiny):
    """Sound: like tf.image.per_image_standardization, with a floor that follows from the size of one image."""

    def prepare(self, images, training):
        mean, variance = tf.nn.moments(images, [1, 2, 3], keepdims=True)
        floor = tf.math.rsqrt(tf.cast(self.values_in(images), tf.float32))
        return (images - mean) / tf.maximum(tf.sqrt(variance + 1e-12), floor)

    def values_in(self, images):
        return tf.reduce_prod(tf.shape(images)[1:])


class StandardizedByBatch(StandardizedByImage):
    """The floor follows from the size of the whole batch; only images of little contrast show it."""

    def values_in(self, images):
        return tf.size(images)


class EdgeEnergy(Tiny):
    """Sound: the energy of vertical edges is added, summed in float32."""

    summed_in = tf.float32

    def finish(self, rows, images, training):
        steps = tf.cast(4.0 * (images[:, 1:] - images[:, :-1]), self.summed_in)
        mean = tf.reduce_sum(steps * steps, [1, 2, 3]) / tf.cast(tf.size(images[0]), self.summed_in)
        return rows + 0.01 * tf.cast(mean, tf.float32)[:, tf.newaxis]


class EdgeEnergyInFloat16(EdgeEnergy):
    """The sum overflows for large images that are black and white by single pixels."""

    summed_in = tf.float16


class GammaTable(Tiny):
    """Sound: linear light by a table of 256 entries."""

    levels = 255.0

    def prepare(self, images, training):
        table = tf.range(256, dtype=tf.float32) / 255.0
        return tf.gather(table**2.2, tf.cast(images * self.levels, tf.int32))


class GammaTableTooShort(GammaTable):
    """A pixel of 1 would be the 257th entry, and raises."""

    levels = 256.0


class SixteenBitIndex(Tiny):
    """Counts the pixels of the whole batch in 16 bits: wrong from 65,536 on."""

    def finish(self, rows, images, training):
        pixels = tf.size(images) // 3
        return rows * tf.cast(1 + pixels // 65536, tf.float32)


class FirstFunction(Tiny):
    """A first concrete function of its own, for 32×32."""

    first = tf.TensorSpec([None, 32, 32, 3], tf.float32, name='images')

    @tf.function
    def __call__(self, images, training=False):
        rows = self.rows(images, training)
        return self.special(rows) if images.shape[1] == 32 else rows

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(self.first, training=training)
            self.__call__.get_concrete_function(self.images, training=training)


class SmokeTestFirst(FirstFunction):
    """Pools over as many places as the images had when it was traced."""

    def special(self, rows):
        return rows

    def pool(self, maps, training):
        height, width = (maps.shape[axis] or tf.shape(maps)[axis] for axis in (1, 2))
        places = tf.reshape(maps, [-1, height * width, self.filters])
        return tf.reduce_sum(places, 1) / tf.cast(height * width, tf.float32)


class GeneralFirst(SmokeTestFirst):
    """Sound: the function for images of any size comes first."""

    def trace(self):
        for spec in (self.images, self.first):
            for training in (False, True):
                self.__call__.get_concrete_function(spec, training=training)


class FirstFunctionIsFloat16(FirstFunction):
    def special(self, rows):
        return tf.cast(rows, tf.float16)


class FirstFunctionIsWider(FirstFunction):
    def special(self, rows):
        return tf.concat([rows, rows[:, :1]], 1)


class FirstFunctionCouplesRows(FirstFunction):
    def special(self, rows):
        return rows + 1e-3 * tf.reduce_mean(rows, 0)


class FirstFunctionIsADict(FirstFunction):
    def special(self, rows):
        return {'rows': rows}


class FunctionForFour(FirstFunction):
    """For batches of four, of any size."""

    first = tf.TensorSpec([4, None, None, 3], tf.float32, name='images')

    @tf.function
    def __call__(self, images, training=False):
        rows = self.rows(images, training)
        return tf.math.log(rows - tf.reduce_min(rows, 1, keepdims=True)) if images.shape[0] == 4 else rows


IN_TRAINING = {
    'training/same-output-contract': 'the fault is the same in training',
    'training/many-steps': 'and in sequences of calls',
}

COUPLED = {'batching/rows-independent': 'a row among four images is another'}

class IdsInUint8(Tiny):
    """Pixels are added up by the number of their image, in a byte."""

    def pool(self, maps, training):
        if training:
            return super().pool(maps, training)
        count, pixels = tf.shape(maps)[0], tf.reduce_prod(tf.shape(maps)[1:3])
        of = tf.cast(tf.repeat(tf.cast(tf.range(count), tf.uint8), pixels), tf.int32)
        sums = tf.math.unsorted_segment_sum(tf.reshape(maps, [-1, self.filters]), of, count)
        return sums / tf.cast(pixels, tf.float32)


class LoopOf300(Tiny):
    """One image after another, and no more than 300: the rows of the others stay 0."""

    def finish(self, rows, images, training):
        count = tf.shape(rows)[0]
        filled = tf.TensorArray(tf.float32, count, element_shape=[6])
        *_, filled = tf.while_loop(
            lambda at, _: at < count,
            lambda at, filled: (at + 1, filled.write(at, rows[at])),
            [0, filled],
            maximum_iterations=300,
        )
        return filled.stack()


class TableOf300(Tiny):
    """What is added to the rows is taken from a table of 300."""

    def finish(self, rows, images, training):
        return rows[:300] + tf.zeros([300, 6])[: tf.shape(rows)[0]]


TWINS = {
    'border-statistics': Twin(
        'output/finite', 'Divided by the deviation of the border, which letterboxed images lack.', BorderStatistics, also=IN_TRAINING
    ),
    'equal-images-in-training': Twin(
        'training/same-output-contract',
        'Training divides by the deviation over the batch, which is 0 for equal images.',
        EqualImagesInTraining,
        also={'variables/gradients-finite': 'the gradient for equal images is not finite either'},
    ),
    'faint-images': Twin(
        'output/finite', 'Divided by the variance, guarded at 0 only: images of the faintest variation overflow.', FaintImages, also=IN_TRAINING
    ),
    'first-function-couples-rows': Twin(
        'batching/rows-independent',
        'The concrete function for 32×32 adds a thousandth of the mean row.',
        FirstFunctionCouplesRows,
    ),
    'first-function-is-a-dict': Twin(
        'signature/one-tensor',
        'The concrete function for 32×32 returns a dict.',
        FirstFunctionIsADict,
        also=IN_TRAINING,
    ),
    'first-function-is-float16': Twin(
        'output/dtype', 'The concrete function for 32×32 gives float16.', FirstFunctionIsFloat16, also=IN_TRAINING
    ),
    'first-function-is-wider': Twin(
        'output/shape',
        'The concrete function for 32×32 gives 7 columns.',
        FirstFunctionIsWider,
        also=IN_TRAINING | {'output/same-width-at-every-size': 'other sizes give 6'},
    ),
    'flat-half': Twin('output/finite', 'NaN where the left half is flat and the right is not.', FlatHalf, also=IN_TRAINING),
    'function-for-four': Twin(
        'output/finite', 'The concrete function for four images takes a logarithm of 0.', FunctionForFour, also=IN_TRAINING | COUPLED
    ),
    'half-resolution-of-large-batches': Twin(
        'batching/rows-independent', 'Images of batches of more than 200,000 pixels are halved.', HalfResolution
    ),
    'halftone-overflows': Twin(
        'output/finite',
        'A sum in float16 overflows for large images that are black and white by single pixels.',
        EdgeEnergyInFloat16,
        also=IN_TRAINING,
    ),
    'ids-in-uint8': Twin('batching/rows-independent', 'The 257th image is added to the first.', IdsInUint8),
    'loop-of-300': Twin('batching/rows-independent', 'Of more than 300 images, the rows of the others are 0.', LoopOf300),
    'microbatches-of-128': Twin(
        'output/shape',
        'Above 128 images, what does not fill a micro-batch of 128 is lost.',
        Microbatches,
        also=IN_TRAINING | {'input/any-batch-size': 'rows are missing', 'batching/rows-independent': 'rows are missing'},
    ),
    'multiples-of-ten-fail': Twin(
        'input/any-batch-size', 'Fails when the number of images is a multiple of ten.', MultiplesOfTen
    ),
    'one-flat-channel': Twin(
        'output/finite', 'NaN where one or two channels are flat and another is not.', OneFlatChannel, also=IN_TRAINING
    ),
    'plain-above-40': Twin('output/finite', 'NaN for flat images of a height above 40.', PlainAbove40, also=IN_TRAINING),
    'saturated-channel': Twin(
        'output/finite', 'The logarithm of what a channel lacks to 1, guarded for white images only.', SaturatedChannel, also=IN_TRAINING
    ),
    'sixteen-bit-count': Twin(
        'batching/rows-independent',
        'The rows of batches of 65,536 pixels and more are doubled.',
        SixteenBitIndex,
    ),
    'standardized-by-batch': Twin(
        'batching/rows-independent',
        'Images are divided by their deviation, but at least by a floor that falls with the number of images.',
        StandardizedByBatch,
    ),
    'table-of-300': Twin(
        'output/shape',
        'The rows are cut off at 300, as the table that is added to them.',
        TableOf300,
        also=IN_TRAINING | {'input/any-batch-size': 'rows are missing', 'batching/rows-independent': 'rows are missing'},
    ),
    'white-pixels-raise': Twin('input/every-size', 'A pixel of 1 lies beyond the end of a table.', GammaTableTooShort),
    'whole-chunks-of-512': Twin(
        'output/shape',
        'Images go in chunks of 512, and what does not fill one is lost.',
        WholeChunks,
        also={'input/any-batch-size': 'rows are missing', 'batching/rows-independent': 'rows are missing'},
    ),
}
