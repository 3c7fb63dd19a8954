"""Twins for the suite `hyperparameters`."""

import tensorflow as tf

from .arguments import FLAG, WHOLE, Asked, AskedAtOnce, RateOfNone, inner_dropout
from .tiny import IMAGES, SCALAR, Tiny
from .twin import FINE_TUNING, Twin

FAMILY = 'Hyperparameters'


class Scaled(Tiny):
    """An argument `output_scale` that multiplies the rows; `traced` lists what it is traced with."""

    traced = ({}, {'output_scale': SCALAR})

    @tf.function
    def __call__(self, images, training=False, output_scale=1.0):
        return self.scaled(self.rows(images, training), output_scale)

    def scaled(self, rows, output_scale):
        return rows * output_scale

    def trace(self):
        for training in (False, True):
            for scale in self.traced:
                self.__call__.get_concrete_function(IMAGES, training=training, **scale)


class ScaleBakedIn(Scaled):
    traced = ({},)


class ScaleIgnored(Scaled):
    def scaled(self, rows, output_scale):
        return rows


class ScaleDefaultDiffers(Scaled):
    @tf.function
    def __call__(self, images, training=False, output_scale=1.5):
        return self.rows(images, training) * output_scale


class Momentum(Tiny):
    """An argument for the momentum of the batch norm; `traced` lists the values of `training`, each with what else."""

    traced = tuple((training, given) for training in (False, True) for given in ({}, {'batch_norm_momentum': SCALAR}))

    @tf.function
    def __call__(self, images, training=False, batch_norm_momentum=0.99):
        self.norm.momentum = batch_norm_momentum
        return self.rows(images, training)

    def trace(self):
        for training, given in self.traced:
            self.__call__.get_concrete_function(IMAGES, training=training, **given)
        self.norm.momentum = None


class MomentumDefaultDiffers(Momentum):
    """0.9 when left out, where the spec says 0.99: only the state shows it."""

    @tf.function
    def __call__(self, images, training=False, batch_norm_momentum=0.9):
        self.norm.momentum = batch_norm_momentum
        return self.rows(images, training)


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


class ScaleDefaultDiffersWhenLarger(Scaled):
    """Left out, it is 1 for small images only."""

    @tf.function
    def __call__(self, images, training=False, output_scale=None):
        if output_scale is None:
            output_scale = tf.where(tf.shape(images)[1] > 32, 1.4, 1.0)
        return self.rows(images, training) * output_scale


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


class RateOfNoneDiffers(RateOfNone):
    """None stands for 0.6, where the spec says 0.2: only the spread of training outputs tells."""

    other_rate = 0.6

    @tf.function
    def __call__(self, images, training=False, dropout_rate=None):
        self.rate = self.other_rate if dropout_rate is None else dropout_rate
        return self.rows(images, training)


class SavedDefaultDiffers(Scaled):
    """The default is 2, which the call cuts to the documented 1."""

    @tf.function
    def __call__(self, images, training=False, output_scale=2.0):
        return self.rows(images, training) * tf.minimum(output_scale, 1.0)


class ScaleInTrainingOnly(Scaled):
    @tf.function
    def __call__(self, images, training=False, output_scale=1.0):
        rows = self.rows(images, training)
        return rows * output_scale if training else rows


class RateOfNoneClose(RateOfNoneDiffers):
    """None stands for 0.25."""

    other_rate = 0.25


class DefaultForManyImages(Scaled):
    """Left out, it is 1 in training for up to 32 images only."""

    @tf.function
    def __call__(self, images, training=False, output_scale=None):
        if output_scale is None:
            output_scale = tf.where(training and tf.shape(images)[0] > 32, 1.4, 1.0)
        return self.rows(images, training) * output_scale


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


SCALE = {
    'hyperparameters': {
        'output_scale': {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 2.0, 'affects': 'inference'}
    }
}
# A conforming model with that argument.
SCALES = {'model': '../keyword-only'}
MISSPELT = {'hyperparameters': {'ouput_scale': SCALE['hyperparameters']['output_scale']}}
MOMENTUM = {
    'hyperparameters': {
        'batch_norm_momentum': {'type': 'float', 'default': 0.99, 'min': 0, 'max': 1, 'affects': 'state'}
    }
}
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


def scale_up_to_one():
    return {'hyperparameters': {'output_scale': SCALE['hyperparameters']['output_scale'] | {'max': 1.0}}}


def rate(default):
    """A dropout rate, and the effects of training that come with it."""
    declared = {'type': 'float', 'default': default, 'min': 0.0, 'max': 0.9, 'affects': 'training'}
    effects = {'training_effects': ['batch-norm', 'dropout']}
    return {'fine_tuning': FINE_TUNING | effects, 'hyperparameters': {'dropout_rate': declared}}


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
    'default-for-many-images': Twin(
        'hyperparameters/default',
        'In training, the default is 1.4 for more than 32 images, documented as 1.',
        DefaultForManyImages,
        spec=SCALE,
    ),
    'momentum-default-differs': Twin(
        'hyperparameters/default',
        'The default is 0.9, documented as 0.99; only the state shows it.',
        MomentumDefaultDiffers,
        spec=MOMENTUM,
    ),
    'momentum-in-training-only': Twin(
        'hyperparameters/accepted',
        'The momentum was traced in training only.',
        MomentumInTrainingOnly,
        spec=MOMENTUM,
    ),
    'scale-baked-in': Twin('hyperparameters/accepted', 'Only the default value was traced.', ScaleBakedIn, spec=SCALE),
    'scale-default-differs': Twin(
        'hyperparameters/default', 'The default is 1.5, documented as 1.', ScaleDefaultDiffers, spec=SCALE
    ),
    'scale-default-differs-when-larger': Twin(
        'hyperparameters/default',
        'The default is 1.4 for images above 32 pixels, documented as 1.',
        ScaleDefaultDiffersWhenLarger,
        spec=SCALE,
    ),
    'scale-ignored': Twin('hyperparameters/has-effect', 'The argument is ignored.', ScaleIgnored, spec=SCALE),
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
    'scale-undocumented': Twin(
        'hyperparameters/documented', 'The model has an argument that the spec does not name.', None, spec=SCALES
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
    'rate-of-none-close': Twin(
        'hyperparameters/default',
        'A default of None stands for a rate of 0.25, documented as 0.2.',
        RateOfNoneClose,
        spec=rate(0.2),
    ),
    'rate-of-none-differs': Twin(
        'hyperparameters/default',
        'A default of None stands for a rate of 0.6, documented as 0.2; only the spread of training outputs shows it.',
        RateOfNoneDiffers,
        spec=rate(0.2),
    ),
    'saved-default-differs': Twin(
        'hyperparameters/default',
        'The saved default is 2, documented as 1; the call cuts it to 1.',
        SavedDefaultDiffers,
        spec=scale_up_to_one(),
    ),
    'scale-for-eight-images': Twin(
        'hyperparameters/accepted',
        'With a scale, batches above 8 fail.',
        ScaleForEightImages,
        spec=SCALE,
    ),
    'scale-in-training-only': Twin(
        'hyperparameters/has-effect',
        'A scale that is declared to affect inference acts in training only.',
        ScaleInTrainingOnly,
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
