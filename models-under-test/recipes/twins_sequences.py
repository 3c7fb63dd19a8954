"""Twins that only a sequence of calls shows, and sound models with state."""

import tensorflow as tf

from .tiny import Tiny
from .twin import FINE_TUNING, Twin

FAMILY = 'State that builds up over calls'


class Counts(Tiny):
    """Counts its training calls."""

    def __init__(self):
        super().__init__()
        self.step = tf.Variable(0, trainable=False, name='step')
        self.variables = [*self.variables, self.step]

    def prepare(self, images, training):
        if training:
            self.step.assign_add(1)
        return images


class InfiniteAtStep100(Counts):
    """A warm-up over 100 steps divides by the number of remaining steps."""

    def finish(self, rows, images, training):
        if not training:
            return rows
        return rows + 1e-3 / tf.cast(100 - self.step, tf.float32)


class WarmsUp(Counts):
    """The warm-up ends at 100 steps."""

    def finish(self, rows, images, training):
        if not training:
            return rows
        return rows * (0.5 + 0.5 * tf.minimum(tf.cast(self.step, tf.float32) / 100, 1.0))


class BufferOverruns(Counts):
    """Writes the mean of each training call into a buffer of 64 places, one after the other."""

    places = 64

    def __init__(self):
        super().__init__()
        self.seen = tf.Variable(tf.zeros([self.places]), trainable=False, name='seen')
        self.variables = [*self.variables, self.seen]

    def prepare(self, images, training):
        images = super().prepare(images, training)
        if training:
            self.seen.scatter_nd_update([[self.place()]], [tf.reduce_mean(images)])
        return images

    def place(self):
        return self.step - 1


class BufferGoesRound(BufferOverruns):
    def place(self):
        return (self.step - 1) % self.places


class CouplesAfterTraining(Counts):
    """Once it was trained, inference centres the rows of a batch."""

    def finish(self, rows, images, training):
        if training:
            return rows
        return rows - tf.cast(self.step > 0, tf.float32) * tf.reduce_mean(rows, 0)


class VarianceBelowZero(Counts):
    """A decay that is meant for one step is added up: the variance falls below zero, and its root is NaN."""

    def __init__(self):
        super().__init__()
        self.spread = tf.Variable(1.0, trainable=False, name='spread')
        self.variables = [*self.variables, self.spread]

    def finish(self, rows, images, training):
        if training:
            self.spread.assign_sub(0.03)
        return rows / tf.sqrt(self.spread)


class RandomAfterTraining(Counts):
    """After a training call, inference adds noise."""

    def finish(self, rows, images, training):
        if training:
            return rows
        return rows + tf.cast(self.step > 0, tf.float32) * tf.random.normal(tf.shape(rows), stddev=0.1)


class DecaysAtTenthStep(Counts):
    """Each tenth training call shrinks a kernel."""

    def finish(self, rows, images, training):
        if training:
            kernel = self.dense.kernel
            tf.cond(self.step % 10 == 0, lambda: kernel.assign(0.99 * kernel), kernel.read_value)
        return rows


class FoldsScale(Tiny):
    """The last kernel is used with a scale; training marks the product as stale, and the next inference makes it anew."""

    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(tf.linspace(0.8, 1.2, self.columns), name='scale')
        self.folded = tf.Variable(self.dense.kernel * self.scale, trainable=False, name='folded')
        self.stale = tf.Variable(False, trainable=False, name='stale')
        self.variables = [*self.variables, self.scale, self.folded, self.stale]
        self.trainable_variables = [*self.trainable_variables, self.scale]

    def rows(self, images, training):
        rows = self.pool(tf.nn.relu(self.norm(self.convolution(images), training)), training)
        return rows @ self.kernel(training) + self.dense.bias

    def kernel(self, training):
        if training:
            self.stale.assign(True)
            return self.dense.kernel * self.scale
        if self.stale:
            self.folded.assign(self.dense.kernel * self.scale)
            self.stale.assign(False)
        return self.folded.read_value()

    @tf.function
    def __call__(self, images, training=False):
        return self.rows(images, training)


class FoldsScaleInTraining(FoldsScale):
    """The product is made anew in training calls; inference only reads."""

    def kernel(self, training):
        product = self.dense.kernel * self.scale
        if training:
            self.folded.assign(product)
        return product


class GridOfFirstSize(Tiny):
    """Coordinates are kept in a variable and recomputed when the size of the images changes."""

    def __init__(self):
        super().__init__()
        self.grid = tf.Variable(tf.zeros([0, 0]), trainable=False, shape=[None, None], name='grid')
        self.variables = [*self.variables, self.grid]

    def prepare(self, images, training):
        height, width = tf.shape(images)[1], tf.shape(images)[2]
        if tf.reduce_any(tf.shape(self.grid) != [height, width]):
            self.grid.assign(tf.linspace(0.0, 1.0, height)[:, None] * tf.ones([1, width]))
        return images + 0.1 * self.grid.read_value()[None, :, :, None]

    @tf.function
    def __call__(self, images, training=False):
        return self.finish(self.rows(images, training), images, training)


class RangeOfLastBatch(Tiny):
    """Sound: as in fake quantization, training keeps the largest value of its batch, and inference divides by it."""

    floor = 1e-3

    def __init__(self):
        super().__init__()
        self.largest = tf.Variable(1.0, trainable=False, name='largest')
        self.variables = [*self.variables, self.largest]

    def prepare(self, images, training):
        if training:
            self.largest.assign(tf.maximum(tf.reduce_max(images), self.floor))
            return images
        return tf.minimum(images / self.largest, 1.0)


class RangeOfBlackBatch(RangeOfLastBatch):
    """After a batch of black images, inference divides by 0."""

    floor = 0.0


class CountsRowsIn16Bits(Tiny):
    """Training counts rows of pixels in 16 bits; after many larger batches inference takes the root of less than 0."""

    def __init__(self):
        super().__init__()
        self.count = tf.Variable(tf.constant(1, tf.int16), trainable=False, name='count')
        self.variables = [*self.variables, self.count]

    def prepare(self, images, training):
        if training:
            self.count.assign_add(tf.cast(tf.shape(images)[0] * tf.shape(images)[1], tf.int16))
        return images

    def finish(self, rows, images, training):
        return rows if training else rows + 1e-3 * tf.math.rsqrt(tf.cast(self.count, tf.float32))


class CountsInTable(Tiny):
    """Counts its calls in a lookup table, and shifts the rows at each 50th."""

    def __init__(self):
        super().__init__()
        self.table = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, 0)
        self.table.insert(['calls'], tf.constant([7], tf.int64))

    def finish(self, rows, images, training):
        calls = self.table.lookup(tf.constant(['calls'])) + 1
        self.table.insert(tf.constant(['calls']), calls)
        return rows + 0.01 * tf.cast(calls % 50 == 0, tf.float32)


class LooksUpInTable(Tiny):
    """Reads the scale of its rows from a lookup table whose contents are in the checkpoint."""

    def __init__(self):
        super().__init__()
        self.table = tf.lookup.experimental.MutableHashTable(tf.string, tf.float32, 1.0)
        self.table.insert(['scale', 'shift'], [1.5, 0.25])

    def finish(self, rows, images, training):
        scale, shift = tf.unstack(self.table.lookup(tf.constant(['scale', 'shift'])), 2)
        return rows * scale + shift


MANY_STEPS = 'training/many-steps'

TWINS = {
    'counts-rows-in-16-bits': Twin(
        'training/many-steps',
        'Training counts rows of pixels in 16 bits, which overflows after 64 batches of 32 images.',
        CountsRowsIn16Bits,
    ),
    'range-of-black-batch': Twin(
        'training/many-steps', 'After a training batch of black images, inference divides by 0.', RangeOfBlackBatch
    ),
    'buffer-overruns': Twin(MANY_STEPS, 'The 65th training call writes beyond the end of a buffer.', BufferOverruns),
    'couples-after-training': Twin(
        MANY_STEPS, 'After a training call, inference subtracts the mean of the batch.', CouplesAfterTraining
    ),
    'counts-in-table': Twin(
        'inference/no-side-effects',
        'Inference counts its calls in a lookup table.',
        CountsInTable,
        also={
            MANY_STEPS: 'each 50th call shifts the rows',
            'inference/deterministic': 'as above',
            'dropout/no-mask-in-graph': 'the shift comes from state that the call changes by itself',
        },
    ),
    'decays-at-tenth-step': Twin(MANY_STEPS, 'Each tenth training call shrinks a kernel.', DecaysAtTenthStep),
    'folds-scale-after-training': Twin(
        MANY_STEPS,
        'The first inference after a training call assigns a kernel that is folded with its scale.',
        FoldsScale,
        spec={'fine_tuning': FINE_TUNING | {'trainable_variables': 6}},
    ),
    'grid-of-last-size': Twin(
        'inference/no-side-effects', 'Inference keeps a grid of the size that it saw last in a variable.', GridOfFirstSize
    ),
    'infinite-at-100th-step': Twin(MANY_STEPS, 'The 100th training call divides by 0.', InfiniteAtStep100),
    'noise-after-training': Twin(
        MANY_STEPS, 'After a training call, inference adds noise.', RandomAfterTraining,
        also={'dropout/no-mask-in-graph': 'the noise is on the output'},
    ),
    'variance-below-zero': Twin(
        MANY_STEPS,
        'Each training call takes 0.03 off a variance, which is negative after 34.',
        VarianceBelowZero,
    ),
}
CONFORMING = {
    'buffer-goes-round': BufferGoesRound,
    'folds-scale-in-training': FoldsScaleInTraining,
    'looks-up-in-table': LooksUpInTable,
    'warms-up': WarmsUp,
}
