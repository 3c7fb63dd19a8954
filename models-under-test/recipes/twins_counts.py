"""Twins that fail for certain numbers of images or of pixels only."""

import tensorflow as tf

from .tiny import Tiny
from .twin import Twin
from .twins_contents import IN_TRAINING

FAMILY = 'Certain images, numbers of images or concrete functions only'


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


class SixteenBitIndex(Tiny):
    """Counts the pixels of the whole batch in 16 bits: wrong from 65,536 on."""

    def finish(self, rows, images, training):
        pixels = tf.size(images) // 3
        return rows * tf.cast(1 + pixels // 65536, tf.float32)


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
    'half-resolution-of-large-batches': Twin(
        'batching/rows-independent', 'Images of batches of more than 200,000 pixels are halved.', HalfResolution
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
    'whole-chunks-of-512': Twin(
        'output/shape',
        'Images go in chunks of 512, and what does not fill one is lost.',
        WholeChunks,
        also={'input/any-batch-size': 'rows are missing', 'batching/rows-independent': 'rows are missing'},
    ),
}
