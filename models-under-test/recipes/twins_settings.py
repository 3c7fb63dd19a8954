"""Twins whose training fails only with a hyperparameter that is not at its default, and their sound neighbours."""

import tensorflow as tf

from .arguments import Asked
from .tiny import IMAGES, SCALAR, Tiny
from .twin import Twin

FAMILY = 'Training with hyperparameters'


class Limited(Asked):
    """The columns of the last kernel are kept within a norm, where one is asked for."""

    optional = {'max_norm': SCALAR}

    def __init__(self):
        super().__init__()
        self.limited = tf.Variable(self.dense.kernel.read_value(), trainable=False, name='limited')
        self.variables = [*self.variables, self.limited]

    @tf.function
    def __call__(self, images, training=False, max_norm=None):
        if max_norm is None:
            return self.rows(images, training)
        features = self.pool(tf.nn.relu(self.norm(self.convolution(images), training)), training)
        norm = tf.norm(self.dense.kernel, axis=0, keepdims=True)
        kernel = self.dense.kernel * tf.minimum(1.0, max_norm / norm)
        if training:
            self.keep(kernel)
        return tf.matmul(features, kernel) + self.dense.bias

    def keep(self, kernel):
        """In a copy that is not trained."""
        self.limited.assign(kernel)


class LimitAssigned(Limited):
    def keep(self, kernel):
        self.limited.assign(kernel)
        self.dense.kernel.assign(kernel)


class PowerMean(Asked):
    """Generalised mean pooling, in which a channel is always 0; the power is 1 by default."""

    optional = {'power': SCALAR}
    least = 1e-6

    def __init__(self):
        super().__init__()
        self.norm.beta.assign([0.3, 0.2, 0.4, -9.0])

    @tf.function
    def __call__(self, images, training=False, power=1.0):
        self.power = power
        return self.rows(images, training)

    def pool(self, maps, training):
        mean = tf.reduce_mean(tf.pow(tf.maximum(maps, self.least), self.power), [1, 2])
        return tf.pow(mean, 1.0 / self.power)

    def trace(self):
        super().trace()
        self.power = None


class PowerMeanOfZero(PowerMean):
    least = 0.0


class Anneals(Tiny):
    """The momentum of the averages grows from step to step, where that is asked for."""

    def __init__(self):
        super().__init__()
        self.steps = tf.Variable(tf.constant(0, tf.int8), trainable=False, name='steps')
        self.variables = [*self.variables, self.steps]

    def trace(self):
        for training in (False, True):
            for anneal in (False, True):
                self.__call__.get_concrete_function(IMAGES, training=training, anneal=anneal)
        self.norm.momentum = None

    @tf.function
    def __call__(self, images, training=False, anneal=False):
        if training and anneal:
            step = self.steps.assign(self.counted())
            self.norm.momentum = 0.9 - 0.1 * tf.math.rsqrt(tf.cast(step, tf.float32))
        else:
            self.norm.momentum = 0.9
        return self.rows(images, training)

    def counted(self):
        """The count stops at 100."""
        return tf.minimum(self.steps + tf.constant(1, tf.int8), tf.constant(100, tf.int8))


class AnnealsIn8Bits(Anneals):
    def counted(self):
        return self.steps + tf.constant(1, tf.int8)


class RecordsActivity(Asked):
    """Training records the activity of its images, times an argument that is 0 by default; the loss reads its strength."""

    optional = {'activity': SCALAR}

    def __init__(self):
        super().__init__()
        self.recorded = tf.Variable(0.0, trainable=False, name='recorded')
        self.strength = tf.Variable(0.0, trainable=False, name='strength')
        self.variables = [*self.variables, self.recorded, self.strength]
        self.regularization_losses = [tf.function(self.loss, input_signature=[])]

    def loss(self):
        return (1e-3 + self.strength) * tf.nn.l2_loss(self.convolution.kernel)

    @tf.function
    def __call__(self, images, training=False, activity=0.0):
        rows = self.rows(images, training)
        if training:
            self.recorded.assign(activity * tf.reduce_mean(rows**2))
            self.strength.assign(activity)
        return rows


class LossOfActivity(RecordsActivity):
    def loss(self):
        return 1e-3 * tf.nn.l2_loss(self.convolution.kernel) + self.recorded


class Blends(Asked):
    """Adds a share of other features; None, False and True are traced each."""

    optional = {'share': SCALAR}

    @tf.function
    def __call__(self, images, training=None, share=0.0):
        rows = self.rows(images, bool(training))
        return rows + self.power(share, training) * tf.roll(rows, 1, axis=1)

    def power(self, share, training):
        return share * share

    def trace(self):
        for given in ({}, self.optional):
            for training in (None, False, True):
                self.__call__.get_concrete_function(IMAGES, training=training, **given)


class BlendsByDefault(Blends):
    def power(self, share, training):
        return share if training is None else share * share


def asking(**hyperparameters):
    return {'hyperparameters': hyperparameters}


def number(default, low, high, affects):
    return {'type': 'float', 'default': default, 'min': low, 'max': high, 'affects': affects}


TWINS = {
    'anneals-in-8-bits': Twin(
        'training/many-steps',
        'With a flag that is False by default, training counts its calls in 8 bits, and the 128th makes averages NaN.',
        AnnealsIn8Bits,
        spec=asking(anneal={'type': 'bool', 'default': False, 'affects': 'state'}),
    ),
    'blends-by-default': Twin(
        'inference/is-the-default',
        'With a share between its ends, the call without `training` blends another share than with False.',
        BlendsByDefault,
        spec=asking(share=number(0.0, 0.0, 1.0, 'inference')),
    ),
    'limit-assigned': Twin(
        'training/leaves-weights-alone',
        'With a largest norm, training assigns the limited kernel; without one, it assigns nothing.',
        LimitAssigned,
        spec=asking(max_norm=number(1000.0, 0.1, 1000.0, 'training')),
    ),
    'loss-of-activity': Twin(
        'variables/losses',
        'With a factor that is 0 by default, a loss depends on the images of the last training call.',
        LossOfActivity,
        spec=asking(activity=number(0.0, 0.0, 1.0, 'state')),
    ),
    'power-mean-of-zero': Twin(
        'variables/gradients-finite',
        'With a power other than 1, pooling takes a root of 0, whose derivative is infinite.',
        PowerMeanOfZero,
        spec=asking(power=number(1.0, 1.0, 6.0, 'inference')),
    ),
}
