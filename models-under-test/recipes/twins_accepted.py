"""Twins for `hyperparameters/accepted`."""

import tensorflow as tf

from .arguments import FLAG, WHOLE, Asked, AskedAtOnce, inner_dropout
from .tiny import IMAGES, SCALAR, Tiny
from .twin import Twin
from .twins_hyperparameters import MOMENTUM, SCALE, SCALES, Momentum, Scaled, rate

FAMILY = 'Hyperparameters'


class ScaleBakedIn(Scaled):
    traced = ({},)


class MomentumInTrainingOnly(Momentum):
    """At inference no concrete function accepts the momentum, which hub.KerasLayer passes there, too."""

    traced = ((False, {}), (True, {}), (True, {'batch_norm_momentum': SCALAR}))


class ScaleOnlyAtEnds(Scaled):
    traced = ({}, {'output_scale': 0.5}, {'output_scale': 2.0})


class ColumnsFollowScale(Scaled):
    """Below 1, columns are left out."""

    def scaled(self, rows, output_scale):
        kept = tf.cast(tf.math.ceil(6 * tf.minimum(output_scale, 1.0)), tf.int32)
        return output_scale * rows[:, :kept]


class ScaleNotFiniteAtLeast(Scaled):
    def scaled(self, rows, output_scale):
        return 0.5 * rows / (output_scale - 0.5)


class ScaleMixesRows(Scaled):
    """For values other than 1, the mean of the batch is added."""

    def scaled(self, rows, output_scale):
        return rows + (output_scale - 1.0) * tf.reduce_mean(rows, 0, keepdims=True)


class ScaleKeptInVariable(Scaled):
    """The last passed value is used from then on, at inference too."""

    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(1.0, trainable=False, name='scale')
        self.variables.append(self.scale)

    def scaled(self, rows, output_scale):
        if tf.is_tensor(output_scale):
            self.scale.assign(output_scale)
        return rows * self.scale


class ScaleOrShift(Tiny):
    """Each of two arguments was traced alone, never both."""

    @tf.function
    def __call__(self, images, training=False, output_scale=1.0, output_shift=0.0):
        return self.rows(images, training) * output_scale + output_shift

    def trace(self):
        for training in (False, True):
            for given in ({}, {'output_scale': SCALAR}, {'output_shift': SCALAR}):
                self.__call__.get_concrete_function(IMAGES, training=training, **given)


class LevelHole(Asked):
    """One whole number of 24 makes a divisor zero."""

    optional = {'level': WHOLE}

    @tf.function
    def __call__(self, images, training=False, level=4):
        return self.rows(images, training) / (tf.cast(level, tf.float32) - 11.0)


class ShiftHoleAtLeast(Asked):
    """The square root of a negative number close to the least value."""

    optional = {'output_shift': SCALAR}

    @tf.function
    def __call__(self, images, training=False, output_shift=0.0):
        return self.rows(images, training) * tf.sqrt(0.95 + output_shift)


class ScaleSquareOnly(Scaled):
    """With a scale, maps are mixed with their own transpose, which square ones alone allow."""

    @tf.function
    def __call__(self, images, training=False, output_scale=1.0):
        if tf.is_tensor(output_scale):
            images = images + (output_scale - 1.0) * tf.transpose(images, [0, 2, 1, 3])
        return self.rows(images, training)


class ScaleForEightImages(Scaled):
    """With a scale, each row gets a factor from a table of eight."""

    def scaled(self, rows, output_scale):
        if not tf.is_tensor(output_scale):
            return rows
        table = tf.fill([8], output_scale)
        return rows * tf.gather(table, tf.range(tf.shape(rows)[0]))[:, None]


class CenterMixesRows(Asked):
    """A bool subtracts the mean of the batch."""

    optional = {'center': FLAG}

    @tf.function
    def __call__(self, images, training=False, center=False):
        rows = self.rows(images, training)
        return rows - tf.where(center, tf.reduce_mean(rows, 0, keepdims=True), 0.0)


class RateActsAtInference(Asked):
    """What is dropped inside does not ask whether the model trains."""

    optional = {'dropout_rate': SCALAR}

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.0):
        self.rate = dropout_rate
        return self.rows(images, training)

    def pool(self, maps, training):
        return inner_dropout(tf.reduce_mean(maps, [1, 2]), self.rate)

    def trace(self):
        super().trace()
        self.rate = None


class BandsCancel(AskedAtOnce):
    """Divides by the difference of two whole numbers, which are equal in the middle of their ranges only."""

    optional = {'inner': WHOLE, 'outer': WHOLE}

    @tf.function
    def __call__(self, images, training=False, inner=1, outer=5):
        return self.rows(images, training) / tf.cast(outer - inner, tf.float32)


class SharesCancel(AskedAtOnce):
    """Divides by what two shares leave of a third: nothing, where those have their largest value and this one its least."""

    optional = {'top': SCALAR, 'bottom': SCALAR, 'kept': SCALAR}

    @tf.function
    def __call__(self, images, training=False, top=0.0, bottom=0.0, kept=1.0):
        return self.rows(images, training) / (kept - top - bottom)


class BlocksDivide(Asked):
    """Pixels are averaged in blocks that must divide the image."""

    optional = {'block': WHOLE}

    @tf.function
    def __call__(self, images, training=False, block=1):
        count, height, width = tf.unstack(tf.shape(images)[:3])
        blocks = tf.reshape(images, [count, height // block, block, width // block, block, 3])
        return self.rows(tf.ensure_shape(tf.reduce_mean(blocks, [2, 4]), [None, None, None, 3]), training)


class GainAndShiftCancel(Asked):
    """Divides by a sum of two arguments: zero for the largest of one with the least of the other."""

    optional = {'gain': SCALAR, 'output_shift': SCALAR}

    @tf.function
    def __call__(self, images, training=False, gain=1.0, output_shift=0.0):
        return self.rows(images, training) / (gain + output_shift)


MISSPELT = {'hyperparameters': {'ouput_scale': SCALE['hyperparameters']['output_scale']}}
SHIFT = {'output_shift': {'type': 'float', 'default': 0.0, 'min': -1.0, 'max': 1.0, 'affects': 'inference'}}
SCALE_AND_SHIFT = {'hyperparameters': SCALE['hyperparameters'] | SHIFT}
LEVEL = {'hyperparameters': {'level': {'type': 'int', 'default': 4, 'min': 1, 'max': 24, 'affects': 'inference'}}}
BANDS = {
    'hyperparameters': {
        'inner': {'type': 'int', 'default': 1, 'min': 1, 'max': 3, 'affects': 'inference'},
        'outer': {'type': 'int', 'default': 5, 'min': 2, 'max': 5, 'affects': 'inference'},
    }
}
UP_TO_QUARTER = {'type': 'float', 'default': 0.0, 'min': 0.0, 'max': 0.25, 'affects': 'inference'}
SHARES = {
    'hyperparameters': {
        'top': UP_TO_QUARTER,
        'bottom': UP_TO_QUARTER,
        'kept': {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 1.0, 'affects': 'inference'},
    }
}
BLOCK = {
    'image_size': {side: {'min': 24, 'max': 48, 'step': 4} for side in ('height', 'width')},
    'hyperparameters': {'block': {'type': 'int', 'default': 1, 'min': 1, 'max': 4, 'affects': 'inference'}},
}
CENTER = {'hyperparameters': {'center': {'type': 'bool', 'default': False, 'affects': 'inference'}}}
GAIN = {'gain': {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 2.0, 'affects': 'inference'}}
GAIN_AND_SHIFT = {'hyperparameters': GAIN | {'output_shift': SHIFT['output_shift'] | {'min': -2.0, 'max': 2.0}}}


TWINS = {
    'bands-cancel': Twin(
        'hyperparameters/accepted',
        'Two whole numbers that are equal divide by zero, in the middle of their ranges.',
        BandsCancel,
        spec=BANDS,
    ),
    'blocks-divide': Twin(
        'hyperparameters/accepted',
        'A block of 3 pixels is refused by sizes that are no multiple of 3.',
        BlocksDivide,
        spec=BLOCK,
    ),
    'columns-follow-scale': Twin(
        'hyperparameters/accepted',
        'Below 1, `output_scale` removes columns.',
        ColumnsFollowScale,
        spec=SCALE,
    ),
    'momentum-in-training-only': Twin(
        'hyperparameters/accepted',
        'The momentum was traced in training only.',
        MomentumInTrainingOnly,
        spec=MOMENTUM,
    ),
    'scale-baked-in': Twin('hyperparameters/accepted', 'Only the default value was traced.', ScaleBakedIn, spec=SCALE),
    'scale-kept-in-variable': Twin(
        'hyperparameters/accepted',
        'A scale that is passed at inference is stored in a variable.',
        ScaleKeptInVariable,
        spec=SCALE,
    ),
    'scale-misspelt': Twin(
        'hyperparameters/accepted',
        'The spec spells an argument differently from the model.',
        None,
        also={'hyperparameters/documented': 'the right spelling is not in the spec'},
        spec=SCALES | MISSPELT,
    ),
    'scale-mixes-rows': Twin(
        'hyperparameters/accepted',
        'With a scale other than 1, rows depend on each other.',
        ScaleMixesRows,
        spec=SCALE,
    ),
    'scale-not-finite-at-least': Twin(
        'hyperparameters/accepted',
        'At the smallest scale, the output is divided by zero.',
        ScaleNotFiniteAtLeast,
        spec=SCALE,
    ),
    'scale-only-at-ends': Twin(
        'hyperparameters/accepted',
        'Only both ends of the range and the default were traced.',
        ScaleOnlyAtEnds,
        spec=SCALE,
    ),
    'scale-or-shift': Twin(
        'hyperparameters/accepted',
        'Two hyperparameters are accepted one at a time, and refused together.',
        ScaleOrShift,
        spec=SCALE_AND_SHIFT,
    ),
    'center-mixes-rows': Twin(
        'hyperparameters/accepted',
        'A bool that is True subtracts the mean of the batch.',
        CenterMixesRows,
        spec=CENTER,
    ),
    'gain-and-shift-cancel': Twin(
        'hyperparameters/accepted',
        'The largest value of one hyperparameter with the smallest of another divides by zero.',
        GainAndShiftCancel,
        spec=GAIN_AND_SHIFT,
    ),
    'level-hole': Twin(
        'hyperparameters/accepted',
        'One whole number inside the range divides by zero.',
        LevelHole,
        spec=LEVEL,
    ),
    'rate-acts-at-inference': Twin(
        'hyperparameters/accepted',
        'A dropout rate that is passed drops inner units at inference, too.',
        RateActsAtInference,
        spec=rate(0.0),
    ),
    'scale-for-eight-images': Twin(
        'hyperparameters/accepted',
        'With a scale, batches above 8 fail.',
        ScaleForEightImages,
        spec=SCALE,
    ),
    'scale-square-only': Twin(
        'hyperparameters/accepted',
        'With a scale, only square images work.',
        ScaleSquareOnly,
        spec=SCALE,
    ),
    'shares-cancel': Twin(
        'hyperparameters/accepted',
        'The largest values of two hyperparameters with the smallest of a third divide by zero.',
        SharesCancel,
        spec=SHARES,
    ),
    'shift-hole-at-least': Twin(
        'hyperparameters/accepted',
        'Close to the smallest value, a square root is NaN.',
        ShiftHoleAtLeast,
        spec={'hyperparameters': SHIFT},
    ),
}
