"""Twins for the suite `hyperparameters`: defaults, effects and documentation."""

import tensorflow as tf

from .arguments import RateOfNone
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


class ScaleDefaultDiffersWhenLarger(Scaled):
    """Left out, it is 1 for small images only."""

    @tf.function
    def __call__(self, images, training=False, output_scale=None):
        if output_scale is None:
            output_scale = tf.where(tf.shape(images)[1] > 32, 1.4, 1.0)
        return self.rows(images, training) * output_scale


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


SCALE = {
    'hyperparameters': {
        'output_scale': {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 2.0, 'affects': 'inference'}
    }
}
# A conforming model with that argument.
SCALES = {'model': '../keyword-only'}
MOMENTUM = {
    'hyperparameters': {
        'batch_norm_momentum': {'type': 'float', 'default': 0.99, 'min': 0, 'max': 1, 'affects': 'state'}
    }
}


def scale_up_to_one():
    return {'hyperparameters': {'output_scale': SCALE['hyperparameters']['output_scale'] | {'max': 1.0}}}


def rate(default):
    """A dropout rate, and the effects of training that come with it."""
    declared = {'type': 'float', 'default': default, 'min': 0.0, 'max': 0.9, 'affects': 'training'}
    effects = {'training_effects': ['batch-norm', 'dropout']}
    return {'fine_tuning': FINE_TUNING | effects, 'hyperparameters': {'dropout_rate': declared}}


TWINS = {
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
    'scale-undocumented': Twin(
        'hyperparameters/documented', 'The model has an argument that the spec does not name.', None, spec=SCALES
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
    'scale-in-training-only': Twin(
        'hyperparameters/has-effect',
        'A scale that is declared to affect inference acts in training only.',
        ScaleInTrainingOnly,
        spec=SCALE,
    ),
}
