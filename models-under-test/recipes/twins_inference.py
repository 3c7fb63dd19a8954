"""Twins for the suite `inference`."""

import tensorflow as tf

from .heads import AveragedByDefault
from .tiny import Tiny
from .twin import FINE_TUNING, INFERENCE_ONLY, Twin
from .twins_training import SlowCopy

FAMILY = 'Training and inference'


class DefaultIsTraining(Tiny):
    @tf.function
    def __call__(self, images, training=True):
        return self.rows(images, training)


class AverageOnlyByDefault(AveragedByDefault):
    """`training=False` uses the trained kernel."""

    def rows(self, images, training):
        return super().rows(images, training) if training is not False else Tiny.rows(self, images, False)


class AugmentsAtInference(Tiny):
    def prepare(self, images, training):
        return images * tf.random.uniform([tf.shape(images)[0], 1, 1, 1], 0.8, 1.2)


class NoiseAtInference(Tiny):
    def finish(self, rows, images, training):
        return rows + tf.random.normal(tf.shape(rows), stddev=0.05)


class CountsCalls(Tiny):
    """The count goes into a variable that nothing resets, and from there into the rows."""

    def __init__(self):
        super().__init__()
        self.count = tf.Variable(0.0, trainable=False, name='count')
        self.variables.append(self.count)

    def finish(self, rows, images, training):
        return rows + 0.1 * self.count.assign_add(1.0)


class OwnExposure(Tiny):
    """The brightness of earlier images, in a variable that the graph makes by a name of its own."""

    def prepare(self, images, training):
        handle = tf.raw_ops.VarHandleOp(dtype=tf.float32, shape=[], shared_name='exposure', container='')
        made = tf.raw_ops.VarIsInitializedOp(resource=handle)
        before = tf.cond(made, lambda: self.read(handle), lambda: tf.constant(0.5))
        total, count = tf.reduce_sum(images), tf.cast(tf.size(images), tf.float32)
        after = 0.9 * before + 0.1 * tf.math.divide_no_nan(total, count)
        with tf.control_dependencies([before]):
            put = tf.raw_ops.AssignVariableOp(resource=handle, value=after)
        with tf.control_dependencies([put]):
            return images * (0.5 / (0.1 + after))

    def read(self, handle):
        return tf.raw_ops.ReadVariableOp(resource=handle, dtype=tf.float32)


class CountsSteps(CountsCalls):
    def finish(self, rows, images, training):
        self.count.assign_add(1.0)
        return rows


class MovesAveragesAtInference(Tiny):
    def finish(self, rows, images, training):
        self.norm.moving_mean.assign(self.norm.moving_mean * 0.9)
        return rows


class WritesInPlace(Tiny):
    """Inference writes a token, which is trained, over the last row of a table; no operation assigns."""

    def __init__(self):
        super().__init__()
        self.token = tf.Variable(tf.zeros([self.columns]), name='token')
        self.table = tf.Variable(tf.zeros([3, self.columns]), trainable=False, name='table')
        self.variables = [*self.variables, self.token, self.table]
        self.trainable_variables = [*self.trainable_variables, self.token]

    def finish(self, rows, images, training):
        table, token = self.table.read_value(), self.token[tf.newaxis]
        if not training:
            table = tf.stop_gradient(tf.raw_ops.InplaceUpdate(x=table, i=[2], v=tf.stop_gradient(token)))
        return rows + table[0] + self.token


class NoiseOfStrengthZero(Tiny):
    """Maps get noise in training and at inference; its strength is trained, and 0 when saved."""

    def __init__(self):
        super().__init__()
        self.strength = tf.Variable([0.0], name='strength')
        self.variables = [*self.variables, self.strength]
        self.trainable_variables = [*self.trainable_variables, self.strength]

    def is_noisy(self, training):
        return True

    def pool(self, maps, training):
        if self.is_noisy(training):
            maps += self.strength * tf.random.normal(tf.concat([tf.shape(maps)[:3], [1]], 0))
        return super().pool(maps, training)


class NoiseOfStrengthZeroInTraining(NoiseOfStrengthZero):
    def is_noisy(self, training):
        return training


class FoldsAtInference(Tiny):
    """Inference writes the product of two kernels into a variable, and uses that; training multiplies them anew."""

    def __init__(self):
        super().__init__()
        self.gains = tf.Variable([0.8, 0.9, 1.0, 1.1, 1.2, 1.3], name='gains')
        self.folded = tf.Variable(self.dense.kernel * self.gains, trainable=False, name='folded')
        self.list_variables(self.convolution, self.norm, self.dense)
        self.variables = [*self.variables, self.gains, self.folded]
        self.trainable_variables = [*self.trainable_variables, self.gains]

    def rows(self, images, training):
        maps = tf.nn.relu(self.norm(self.convolution(images), training))
        pooled = self.pool(maps, training)
        if training:
            return pooled @ (self.dense.kernel * self.gains) + self.dense.bias
        return pooled @ self.folded.assign(self.dense.kernel * self.gains) + self.dense.bias


class RestoresWeights(SlowCopy):
    """Inference copies the averaged kernel over the trained one; they are equal when saved."""

    def finish(self, rows, images, training):
        if not training:
            self.dense.kernel.assign(self.slow)
        return rows


NOT_TWICE = {
    'batching/rows-independent': 'no row is the same twice',
    'inference/is-the-default': 'no two calls are the same',
}


TWINS = {
    'own-exposure': Twin(
        'inference/no-side-effects',
        'Rows follow the brightness of earlier images, by a variable that the graph makes.',
        OwnExposure,
        also={'inference/deterministic': 'the rows of the second call differ'},
        spec=INFERENCE_ONLY,
    ),
    'augments-at-inference': Twin(
        'inference/deterministic',
        'The brightness is changed at random, at inference too.',
        AugmentsAtInference,
        also=NOT_TWICE,
    ),
    'counts-calls': Twin(
        'inference/deterministic',
        'The number of calls is added to the rows.',
        CountsCalls,
        also={'inference/no-side-effects': 'the count is a variable', **NOT_TWICE},
    ),
    'counts-steps': Twin('inference/no-side-effects', 'Every call adds to a counter.', CountsSteps),
    'default-is-training': Twin(
        'inference/is-the-default',
        '`training` is True by default.',
        DefaultIsTraining,
        also={
            'inference/no-side-effects': 'the call without `training` moves the averages',
            'batching/rows-independent': 'the call without `training` normalises over the batch',
        },
    ),
    'average-only-by-default': Twin(
        'inference/is-the-default',
        'The call without `training` uses the average of a kernel, that with False the kernel: equal as stored.',
        AverageOnlyByDefault,
    ),
    'folds-at-inference': Twin(
        'inference/no-side-effects',
        'Inference keeps the product of two kernels in a variable, which equals it when saved.',
        FoldsAtInference,
        spec={'fine_tuning': FINE_TUNING | {'trainable_variables': 6}},
    ),
    'moves-averages-at-inference': Twin(
        'inference/no-side-effects',
        'Inference updates a moving average of the batch norm.',
        MovesAveragesAtInference,
        also={'inference/deterministic': 'the next call sees the moved average'},
    ),
    'noise-of-strength-zero': Twin(
        'inference/deterministic',
        'Noise at inference, of a trained strength that is 0 when saved.',
        NoiseOfStrengthZero,
        spec={'fine_tuning': FINE_TUNING | {'trainable_variables': 6}},
    ),
    'noise-at-inference': Twin(
        'inference/deterministic',
        'Noise is added to the rows, at inference too.',
        NoiseAtInference,
        also=NOT_TWICE | {'dropout/no-mask-in-graph': 'noise on the outputs is a mask'},
    ),
    'writes-in-place': Twin(
        'inference/no-side-effects',
        'Inference overwrites a row of a table in place, with what it holds when saved.',
        WritesInPlace,
        spec={'fine_tuning': FINE_TUNING | {'trainable_variables': 6}},
    ),
    'weights-restored-at-inference': Twin(
        'inference/no-side-effects',
        'Inference replaces a kernel by its average, which equals it when saved.',
        RestoresWeights,
        also={'inference/deterministic': 'with other weights, the first call uses them and the second their average'},
    ),
}
