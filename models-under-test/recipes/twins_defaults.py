"""Twins whose default depends on other arguments, calls or images, and hyperparameters that random state hides."""

import tensorflow as tf

from .arguments import FLAG, Asked, inner_dropout
from .conditioning import GroupNorm
from .tiny import IMAGES, SCALAR
from .twin import FINE_TUNING, Twin

FAMILY = 'Defaults that follow something else'


class StoresScale(Asked):
    """A training call keeps the scale that it is given in a variable, for nobody to read."""

    optional = {'output_scale': SCALAR}

    def __init__(self):
        super().__init__()
        self.last = tf.Variable(1.0, trainable=False, name='last_scale')
        self.variables = [*self.variables, self.last]

    @tf.function
    def __call__(self, images, training=False, output_scale=None):
        if training and output_scale is not None:
            self.last.assign(output_scale)
        return self.rows(images, training) * (self.usual() if output_scale is None else output_scale)

    def usual(self):
        return 1.0


class ScaleStays(StoresScale):
    """Where it is left out, the last one is used."""

    def usual(self):
        return self.last


class ScaleOfHalves(Asked):
    """Two factors, of the first and of the last three columns."""

    optional = {'first_scale': SCALAR, 'last_scale': SCALAR}

    @tf.function
    def __call__(self, images, training=False, first_scale=1.0, last_scale=None):
        rows = self.rows(images, training)
        if last_scale is None:
            last_scale = self.usual(first_scale)
        return tf.concat([rows[:, :3] * first_scale, rows[:, 3:] * last_scale], 1)

    def usual(self, first_scale):
        return 1.0


class ScaleFollowsOther(ScaleOfHalves):
    """The second is the first where it is left out: 1, as documented, while both are."""

    def usual(self, first_scale):
        return first_scale


class MomentumAfterDropout(Asked):
    """Pixels are dropped before the batch norm, so that its averages after a training call are random."""

    optional = {'batch_norm_momentum': SCALAR}
    momentum = 0.99

    @tf.function
    def __call__(self, images, training=False, batch_norm_momentum=None):
        self.norm.momentum = self.momentum if batch_norm_momentum is None else batch_norm_momentum
        return self.rows(images, training)

    def prepare(self, images, training):
        return inner_dropout(images, 0.2) if training else images

    def trace(self):
        super().trace()
        self.norm.momentum = None


class OtherMomentumAfterDropout(MomentumAfterDropout):
    momentum = 0.9


class MomentumIgnored(MomentumAfterDropout):
    @tf.function
    def __call__(self, images, training=False, batch_norm_momentum=None):
        self.norm.momentum = self.momentum
        return self.rows(images, training)


class ActivityMeter(Asked):
    """Training drops pixels, and keeps what is left of them, times an argument that is 0 by default: nothing changes then."""

    optional = {'meter_rate': SCALAR}

    def __init__(self):
        super().__init__()
        self.activity = tf.Variable(0.0, trainable=False, name='activity')
        self.variables = [*self.variables, self.activity]

    @tf.function
    def __call__(self, images, training=False, meter_rate=0.0):
        if training:
            images = inner_dropout(images, 0.2)
            self.activity.assign(meter_rate * tf.reduce_mean(images))
        return self.rows(images, training)


class DithersByPlace(Asked):
    """A bool adds faint noise of a constant seed: the same to each image."""

    optional = {'dither': FLAG}

    @tf.function
    def __call__(self, images, training=False, dither=False):
        noise = tf.random.stateless_uniform(self.dithered(tf.shape(images)), [1, 2], -0.025, 0.025)
        return self.rows(tf.where(dither, images + noise, images), training)

    def dithered(self, shape):
        return tf.concat([[1], shape[1:]], 0)


class DithersByRow(DithersByPlace):
    """To each image of a batch others."""

    def dithered(self, shape):
        return shape


class ScaledGroupNorm(GroupNorm):
    """A group norm over up to 512×512 pixels, whose rounding an argument enlarges."""

    @tf.function
    def __call__(self, images, output_scale=1.0):
        maps = self.step(tf.nn.conv2d(images, self.kernel, 4, 'SAME'))
        return self.finish(self.pool(self.gain * maps + self.shift)) * output_scale

    def trace(self):
        for scale in ({}, {'output_scale': SCALAR}):
            self.__call__.get_concrete_function(IMAGES, **scale)


class ScaleOfWideImages(Asked):
    """Left out, the scale is 1.3 for images at least twice as wide as high."""

    optional = {'output_scale': SCALAR}

    @tf.function
    def __call__(self, images, training=False, output_scale=None):
        if output_scale is None:
            height, width = tf.unstack(tf.shape(images)[1:3])
            output_scale = tf.where(width >= 2 * height, 1.3, 1.0)
        return self.rows(images, training) * output_scale


SCALE = {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 4.0, 'affects': 'inference'}
ONE_SCALE = {'hyperparameters': {'output_scale': SCALE}}
MOMENTUM = {
    'fine_tuning': FINE_TUNING | {'training_effects': ['batch-norm', 'dropout']},
    'hyperparameters': {
        'batch_norm_momentum': {'type': 'float', 'default': 0.99, 'min': 0, 'max': 1, 'affects': 'state'}
    },
}
TWINS = {
    'default-for-wide-images': Twin(
        'hyperparameters/default',
        'The default is 1.3 for images at least twice as wide as high, documented as 1.',
        ScaleOfWideImages,
        spec=ONE_SCALE,
    ),
    'dither-by-row': Twin(
        'hyperparameters/accepted',
        'A bool adds faint noise of a constant seed, which differs from row to row of the batch.',
        DithersByRow,
        spec={'hyperparameters': {'dither': {'type': 'bool', 'default': False, 'affects': 'inference'}}},
    ),
    'momentum-after-dropout-differs': Twin(
        'hyperparameters/default',
        'The default is 0.9, documented as 0.99; only averages that dropout makes random show it.',
        OtherMomentumAfterDropout,
        spec=MOMENTUM,
    ),
    'momentum-after-dropout-ignored': Twin(
        'hyperparameters/has-effect',
        'The momentum of averages that dropout makes random is ignored.',
        MomentumIgnored,
        spec=MOMENTUM,
    ),
    'scale-follows-other': Twin(
        'hyperparameters/default',
        'Left out, one scale is what another one is set to.',
        ScaleFollowsOther,
        spec={'hyperparameters': {'first_scale': SCALE, 'last_scale': SCALE}},
    ),
    'scale-stays': Twin(
        'hyperparameters/default',
        'A scale that a training call is given is the default from then on.',
        ScaleStays,
        spec=ONE_SCALE,
    ),
}
