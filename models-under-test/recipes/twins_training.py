"""Twins for the suite `training`."""

import tensorflow as tf

from .layers import BatchNorm, Draw
from .tiny import Tiny
from .twin import SOUND, Twin

FAMILY = 'Training and inference'


class OnlyFalseTraced(Tiny):
    def trace(self):
        self.__call__.get_concrete_function(self.images, training=False)


class StillNorm(BatchNorm):
    def move(self, mean, variance, momentum):
        pass


class AveragesNeverMove(Tiny):
    """Training normalizes by the batch, and does not update the averages."""

    def __init__(self):
        super().__init__()
        self.norm = StillNorm(Draw(1), self.filters)
        self.list_variables(self.convolution, self.norm, self.dense)


class UnusedStatistics(BatchNorm):
    def __call__(self, maps, training):
        normalised = super().__call__(maps, False)
        if training:
            super().__call__(maps, training)
        return normalised


class StatisticsUnused(Tiny):
    """Training moves the averages, and normalizes by them; dropout makes its rows differ anyway."""

    def __init__(self):
        super().__init__()
        self.norm = UnusedStatistics(Draw(1), self.filters)
        self.list_variables(self.convolution, self.norm, self.dense)

    def pool(self, maps, training):
        pooled = super().pool(maps, training)
        return tf.nn.dropout(pooled, 0.3) if training else pooled


class DropoutWithoutAugmentation(Tiny):
    def pool(self, maps, training):
        pooled = super().pool(maps, training)
        return tf.nn.dropout(pooled, 0.3) if training else pooled


class BrightensAlike(DropoutWithoutAugmentation):
    """The brightness changes by the same random number in each training call, whose seed never changes."""

    def prepare(self, images, training):
        return tf.image.stateless_random_brightness(images, 0.2, self.seed()) if training else images

    def seed(self):
        return (1, 2)


class BrightensBySeed(BrightensAlike):
    """The seed is in a variable, which nothing writes to."""

    def __init__(self):
        super().__init__()
        self.state = tf.Variable([1, 2], trainable=False, name='seed')
        self.variables = [*self.variables, self.state]

    def seed(self):
        return self.state


class BrightensByStep(BrightensBySeed):
    """Each training call advances the seed."""

    def seed(self):
        self.state.assign_add([0, 1])
        return self.state.read_value()


def effects(*names):
    return {
        'fine_tuning': {
            'trainable_variables': 5,
            'training_argument': True,
            'training_effects': list(names),
            'regularization_losses': 1,
        }
    }


class InTraining(Tiny):
    """Returns something else in training, `other(rows)`."""

    def __init__(self, other):
        super().__init__()
        self.other = other

    def finish(self, rows, images, training):
        return self.other(rows) if training else rows


class SampleVariance(Tiny):
    """The average of the sample variance over rows, which a single row does not have."""

    def pool(self, maps, training):
        rows = super().pool(maps, training)
        if training:
            count = tf.cast(tf.shape(rows)[0], tf.float32)
            variance = tf.math.reduce_variance(rows, 0) * count / (count - 1.0)
            self.norm.moving_variance.assign(0.9 * self.norm.moving_variance + 0.1 * variance)
        return rows


class VarianceInFloat16(Tiny):
    """Bessel's correction of the average in float16, in which no more than 65,504 pixels can be counted."""

    def pool(self, maps, training):
        if training:
            count = tf.cast(tf.reduce_prod(tf.shape(maps)[:3]), tf.float16)
            variance = tf.math.reduce_variance(maps, [0, 1, 2]) * tf.cast(count / (count - 1), tf.float32)
            self.norm.moving_variance.assign(0.9 * self.norm.moving_variance + 0.1 * variance)
        return super().pool(maps, training)


class VirtualBatches(Tiny):
    """In training, features are centred over parts of a hundred images."""

    def pool(self, maps, training):
        units = super().pool(maps, training)
        if not training:
            return units
        parts = tf.maximum(tf.shape(units)[0] // 100, 1)
        split = tf.reshape(units, [parts, tf.shape(units)[0] // parts, self.filters])
        return tf.reshape(split - tf.reduce_mean(split, 1, keepdims=True), [-1, self.filters])


class DecaysWeights(Tiny):
    def finish(self, rows, images, training):
        if training:
            self.dense.kernel.assign(self.dense.kernel * 0.999)
        return rows


class ClipsWeights(Tiny):
    """As the critic of a Wasserstein GAN; no stored weight reaches the limit."""

    def finish(self, rows, images, training):
        if training:
            self.dense.kernel.assign(tf.clip_by_value(self.dense.kernel, -3.0, 3.0))
        return rows


class MasksWeights(Tiny):
    """Pruning: the stored kernel is 0 already where the mask is."""

    def __init__(self):
        super().__init__()
        kernel = self.dense.kernel
        self.mask = tf.Variable(tf.cast(tf.abs(kernel) > 0.3, tf.float32), trainable=False, name='mask')
        self.variables = [*self.variables, self.mask]
        kernel.assign(kernel * self.mask)

    def finish(self, rows, images, training):
        if training:
            self.dense.kernel.assign(self.dense.kernel * self.mask)
        return rows


class SlowCopy(Tiny):
    def __init__(self):
        super().__init__()
        self.slow = tf.Variable(self.dense.kernel, trainable=False, name='slow')
        self.variables = [*self.variables, self.slow]


class PullsWeights(SlowCopy):
    """Lookahead: training pulls a kernel to its slow copy, which equals it when saved."""

    def finish(self, rows, images, training):
        if training:
            self.slow.assign_add(0.5 * (self.dense.kernel - self.slow))
            self.dense.kernel.assign(self.slow)
        return rows


class FlagIgnored(Tiny):
    def rows(self, images, training):
        return super().rows(images, False)


class TrainingInKwargs(Tiny):
    """As a decorator leaves it that does not keep the names of parameters."""

    @tf.function
    def __call__(self, images, **kwargs):
        return self.rows(images, kwargs.get('training', False))

    def trace(self):
        self.__call__.get_concrete_function(self.images)
        super().trace()


TWINS = {
    'training-in-kwargs': Twin(
        'keras/layer-loads',
        'Only **kwargs takes `training`, so that hub.KerasLayer never passes it.',
        TrainingInKwargs,
        also={'hyperparameters/documented': 'kwargs is a parameter that the spec does not name'},
    ),
    'auxiliary-logits-in-training': Twin(
        'training/same-output-contract',
        'In training, a second tensor is returned.',
        lambda: InTraining(lambda rows: (rows, rows * 2)),
    ),
    'decays-weights': Twin(
        'training/leaves-weights-alone', 'A forward pass in training shrinks a kernel.', DecaysWeights
    ),
    'dict-in-training': Twin(
        'training/same-output-contract',
        'In training, a dict is returned.',
        lambda: InTraining(lambda rows: {'features': rows}),
    ),
    'augmentation-lost': Twin(
        'training/has-effect',
        'The spec promises dropout and augmentation; only dropout is there.',
        DropoutWithoutAugmentation,
        spec=effects('batch-norm', 'dropout', 'augmentation'),
    ),
    'augmentation-always-alike': Twin(
        'training/has-effect',
        'Augmentation by a constant seed is the same in each call; there is dropout, too.',
        BrightensAlike,
        spec=effects('batch-norm', 'dropout', 'augmentation'),
    ),
    'augmentation-seed-kept': Twin(
        'training/has-effect',
        'Augmentation by a seed in a variable that nothing writes to; there is dropout, too.',
        BrightensBySeed,
        spec=effects('batch-norm', 'dropout', 'augmentation'),
    ),
    'averages-never-move': Twin(
        'training/has-effect', 'Training normalizes by the batch, and moves no average.', AveragesNeverMove
    ),
    'statistics-unused-beside-dropout': Twin(
        'training/has-effect',
        'Training moves the averages and normalizes by them, not by the batch; there is dropout, too.',
        StatisticsUnused,
        spec=effects('batch-norm', 'dropout'),
    ),
    'dropout-lost': Twin(
        'training/has-effect',
        'The spec promises dropout; there is none.',
        None,
        spec=SOUND | effects('batch-norm', 'dropout'),
    ),
    'effect-not-promised': Twin(
        'training/has-effect',
        'The spec says that training changes nothing; there is a batch norm.',
        None,
        spec=SOUND | effects(),
    ),
    'flag-ignored': Twin('training/has-effect', 'Training gives the same output as inference.', FlagIgnored),
    'float64-in-training': Twin(
        'training/same-output-contract',
        'In training, the output is float64.',
        lambda: InTraining(lambda rows: tf.cast(rows, tf.float64)),
    ),
    'only-false-traced': Twin('training/flag-accepted', 'No concrete function was saved for training=True.', OnlyFalseTraced),
    'variance-in-float16': Twin(
        'training/same-output-contract',
        'Large batches make an average NaN, as their pixels are counted in float16.',
        VarianceInFloat16,
        also={'training/many-steps': 'Inference after that call gives NaN, too.'},
    ),
    'virtual-batches-of-100': Twin(
        'training/flag-accepted', 'In training, batches are split into parts of a hundred, and fail with a remainder.', VirtualBatches
    ),
    'variance-of-one-image': Twin(
        'training/same-output-contract',
        'Training with one image makes an average NaN.',
        SampleVariance,
        also={'training/many-steps': 'Inference after that call gives NaN, too.'},
    ),
    'wider-in-training': Twin(
        'training/same-output-contract',
        'In training, the output has an additional column.',
        lambda: InTraining(lambda rows: tf.concat([rows, rows[:, :1]], 1)),
    ),
    'weights-clipped-in-training': Twin(
        'training/leaves-weights-alone',
        'A training call clips a kernel at a limit that the stored one does not reach.',
        ClipsWeights,
    ),
    'weights-masked-in-training': Twin(
        'training/leaves-weights-alone',
        'A training call sets the pruned weights to 0, as the stored ones are.',
        MasksWeights,
    ),
    'weights-pulled-in-training': Twin(
        'training/leaves-weights-alone',
        'A training call pulls a kernel to a slow copy that equals it when saved.',
        PullsWeights,
    ),
}
