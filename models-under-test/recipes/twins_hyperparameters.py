"""Twins for the suite `hyperparameters`."""

import tensorflow as tf

from .tiny import IMAGES, SCALAR, Tiny
from .twin import Twin


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


TWINS = {
    'columns-follow-scale': Twin(
        'hyperparameters/accepted',
        'Below 1, `output_scale` removes columns.',
        ColumnsFollowScale,
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
}
