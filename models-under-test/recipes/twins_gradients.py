"""Twins for `variables/gradients-finite`; heads.GradientsKeptFinite does the same with a floor under each."""

import tensorflow as tf

from .layers import Dense, Draw
from .tiny import Tiny
from .twin import Twin
from .twins_variables import tuning

FAMILY = 'Gradients that are not finite'


class Deviations(Tiny):
    """Mean and deviation of each map over its pixels; a map that is 0 everywhere has a deviation of 0."""

    def __init__(self):
        super().__init__()
        self.norm.beta.assign([-9.0, 0.4, 0.3, 0.2])

    def inputs_of_dense(self):
        return 2 * self.filters

    def pool(self, maps, training):
        mean, variance = tf.nn.moments(maps, [1, 2])
        return tf.concat([mean, tf.sqrt(variance)], 1)


class GeneralisedMean(Tiny):
    """GeM pooling with a trainable exponent; maps are 0 after a ReLU where nothing is detected."""

    def __init__(self):
        super().__init__()
        self.exponent = tf.Variable(3.0, name='exponent')
        self.norm.beta.assign([-9.0, -9.0, 0.3, 0.2])
        self.list_variables(self.convolution, self.norm, self.dense)
        self.variables = [*self.variables, self.exponent]
        self.trainable_variables = [*self.trainable_variables, self.exponent]

    def pool(self, maps, training):
        raised = tf.reduce_mean(maps**self.exponent, [1, 2])
        return raised ** (1 / self.exponent)


class MaskedPower(Tiny):
    """tf.where removes the infinite derivative only after it was multiplied by 0; for tf.sqrt, TensorFlow gives 0."""

    def __init__(self):
        super().__init__()
        self.norm.beta.assign([-9.0, 0.4, 0.3, 0.2])

    def pool(self, maps, training):
        pooled = super().pool(maps, training)
        return tf.where(pooled > 0, pooled**0.5, 0.0)


class UnitLength(Tiny):
    """Divides by the length of a part that is 0 at the stored weights, behind a gate that is closed."""

    def __init__(self):
        super().__init__()
        self.adapter = Dense(Draw(5), self.filters, self.columns, name='adapter')
        self.adapter.kernel.assign(tf.zeros_like(self.adapter.kernel))
        self.adapter.bias.assign(tf.zeros_like(self.adapter.bias))
        self.list_variables(self.convolution, self.norm, self.dense, self.adapter)

    def rows(self, images, training):
        maps = tf.nn.relu(self.norm(self.convolution(images), training))
        pooled = self.pool(maps, training)
        return self.dense(pooled) + self.scaled(self.adapter(pooled))

    def scaled(self, added):
        return added / (1 + tf.reduce_sum(added**2, 1, keepdims=True) ** 0.5)


class SoftplusByHand(Tiny):
    """exp overflows where tf.where takes the other branch, and 0 times infinity is NaN."""

    def __init__(self):
        super().__init__()
        self.sharpness = tf.Variable(400.0, name='sharpness')
        self.variables = [*self.variables, self.sharpness]
        self.trainable_variables = [*self.trainable_variables, self.sharpness]

    def pool(self, maps, training):
        pooled = self.sharpness * self.mixed(maps)
        return tf.where(pooled > 20, pooled, tf.math.log(1 + tf.exp(pooled))) / 400


class SoftplusBehindFourier(SoftplusByHand):
    """The Fourier transform has no gradient in TensorFlow's C library."""

    def mixed(self, maps):
        maps = tf.transpose(tf.image.resize(maps, [8, 8]), [0, 3, 1, 2])
        smooth = tf.constant([1.0, 0.5, 0.2, 0.1, 0.0])
        filtered = tf.signal.irfft2d(tf.signal.rfft2d(maps) * tf.complex(smooth, 0.0), [8, 8])
        return 1 + tf.reduce_max(filtered, [2, 3])


class SoftplusBehindSegments(SoftplusByHand):
    """A mean over segments has no gradient in TensorFlow's C library."""

    def mixed(self, maps):
        count, height, width = tf.unstack(tf.shape(maps)[:3])
        rows = tf.reshape(maps, [-1, self.filters])
        return 1 + tf.math.segment_mean(rows, tf.repeat(tf.range(count), height * width))


class LogDeterminant(Tiny):
    """Covariance pooling; beside a map that is 0 everywhere it is singular, and the gradient raises an error."""

    def __init__(self):
        super().__init__()
        self.norm.beta.assign([-9.0, 0.4, 0.3, 0.2])

    def inputs_of_dense(self):
        return self.filters + 1

    def pool(self, maps, training):
        pixels = tf.reshape(maps, [tf.shape(maps)[0], -1, self.filters])
        pixels -= tf.reduce_mean(pixels, 1, keepdims=True)
        covariance = tf.matmul(pixels, pixels, transpose_a=True)
        volume = tf.maximum(tf.linalg.slogdet(covariance)[1], -60.0) / 60
        return tf.concat([super().pool(maps, training), volume[:, tf.newaxis]], 1)


class DistanceFromStart(Tiny):
    """L2-SP: the distance of the kernel from its start, which is 0 at the stored weights."""

    def __init__(self):
        super().__init__()
        start = self.dense.kernel.numpy()
        self.regularization_losses = [tf.function(lambda: tf.norm(self.dense.kernel - start), input_signature=[])]


class AngleFromStart(Tiny):
    """The angle between a direction and where it started: the arc cosine of 1."""

    def __init__(self):
        super().__init__()
        start = [1.0, 0.0, 0.0, 0.0]
        self.direction = tf.Variable(start, name='direction')
        self.list_variables(self.convolution, self.norm, self.dense)
        self.variables = [*self.variables, self.direction]
        self.trainable_variables = [*self.trainable_variables, self.direction]
        self.regularization_losses = [
            tf.function(lambda: tf.acos(tf.reduce_sum(self.direction * start)), input_signature=[])
        ]

    def pool(self, maps, training):
        return super().pool(maps, training) * (1 + self.direction)


class BatchDeviation(Tiny):
    """In training, the deviation of a feature over the batch is added, as GANs do; one image has none."""

    floor = 0.0

    def pool(self, maps, training):
        units = super().pool(maps, training)
        if not training:
            return units
        return units + 0.1 * tf.reduce_mean(tf.sqrt(tf.math.reduce_variance(units, 0) + self.floor))


class BatchDeviationWithFloor(BatchDeviation):
    floor = 1e-4


class BatchDistances(Tiny):
    """In training, the mean distance from the other images is added; it is 0 where an image is there twice."""

    def pool(self, maps, training):
        units = super().pool(maps, training)
        if not training:
            return units
        distances = tf.norm(units[:, tf.newaxis] - units[tf.newaxis] + tf.eye(tf.shape(units)[0])[..., tf.newaxis], axis=2)
        return units + 0.1 * tf.reduce_mean(distances, 1, keepdims=True)


TWINS = {
    'angle-of-unmoved-direction': Twin(
        'variables/gradients-finite',
        'A loss is the arc cosine of 1 at the stored weights.',
        AngleFromStart,
        spec=tuning(trainable_variables=6),
    ),
    'deviation-over-batch': Twin(
        'variables/gradients-finite',
        'In training, the deviation over the batch is added, which one image does not have.',
        BatchDeviation,
    ),
    'distances-between-images': Twin(
        'variables/gradients-finite',
        'In training, the distances of the images from each other are added, which are 0 for the same image twice.',
        BatchDistances,
    ),
    'deviation-without-epsilon': Twin(
        'variables/gradients-finite',
        'The square root of the variance over the pixels, which is 0 for a flat image.',
        Deviations,
    ),
    'distance-of-unmoved-kernel': Twin(
        'variables/gradients-finite',
        'A loss is the norm of a difference that is 0 at the stored weights.',
        DistanceFromStart,
    ),
    'generalised-mean-without-floor': Twin(
        'variables/gradients-finite',
        'GeM pooling takes the third root of maps that are all 0.',
        GeneralisedMean,
        spec=tuning(trainable_variables=6),
    ),
    'log-determinant-of-empty-map': Twin(
        'variables/gradients-finite',
        'The logarithm of the determinant of a covariance that is singular, with a floor.',
        LogDeterminant,
    ),
    'norm-of-zero-adapter': Twin(
        'variables/gradients-finite',
        'The norm of an adapter that is 0 at the stored weights.',
        UnitLength,
        spec=tuning(trainable_variables=7),
    ),
    'power-behind-where': Twin(
        'variables/gradients-finite',
        '0 to the power of 0.5, which tf.where masks only afterwards.',
        MaskedPower,
    ),
    'softplus-by-hand-behind-fourier': Twin(
        'variables/gradients-finite',
        'An exponential that overflows is masked only afterwards, behind a Fourier transform.',
        SoftplusBehindFourier,
        spec=tuning(trainable_variables=6),
    ),
    'softplus-by-hand-behind-segments': Twin(
        'variables/gradients-finite',
        'An exponential that overflows is masked only afterwards, behind a mean over segments.',
        SoftplusBehindSegments,
        spec=tuning(trainable_variables=6),
    ),
}
