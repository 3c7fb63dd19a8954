"""Conforming models with unusual last layers."""

import tensorflow as tf

from .layers import Dense, Draw
from .tiny import Tiny


class CosineHead(Tiny):
    """Ten times the cosine between a row of unit length and each class: enlarges the rounding of flat images."""

    filters = 12

    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(10.0, name='scale')
        self.list_variables(self.convolution, self.norm)
        self.variables += [self.dense.kernel, self.scale]
        self.trainable_variables += [self.dense.kernel, self.scale]

    def rows(self, images, training):
        maps = tf.nn.relu(self.norm(self.convolution(images), training))
        rows = tf.math.l2_normalize(self.pool(maps, training), 1)
        return self.scale * (rows @ tf.math.l2_normalize(self.dense.kernel, 0))


class AveragedWeights(Tiny):
    """The last kernel is trained, and its moving average used at inference."""

    def __init__(self):
        super().__init__()
        self.average = tf.Variable(self.dense.kernel, trainable=False, name='average')
        self.variables = [*self.variables, self.average]

    def rows(self, images, training):
        rows = self.pool(tf.nn.relu(self.norm(self.convolution(images), training)), training)
        if not training:
            return rows @ self.average + self.dense.bias
        self.average.assign(0.99 * self.average + 0.01 * self.dense.kernel)
        return self.dense(rows)


class AveragedByDefault(AveragedWeights):
    """The moving average is used with `training=False` and by default, which has a function of its own."""

    @tf.function
    def __call__(self, images, training=None):
        return self.rows(images, training)

    def trace(self):
        for training in (None, False, True):
            self.__call__.get_concrete_function(self.images, training=training)


class GradientsKeptFinite(Tiny):
    """Roots, powers, norms and quotients of values that are often 0, each kept away from 0, unlike in twins_gradients.py."""

    def __init__(self):
        super().__init__()
        self.exponent = tf.Variable(3.0, name='exponent')
        self.norm.beta.assign([-9.0, 0.4, 0.3, 0.2])
        self.variables = [*self.variables, self.exponent]
        self.trainable_variables = [*self.trainable_variables, self.exponent]
        start = self.dense.kernel.numpy()
        self.regularization_losses = [
            tf.function(
                lambda: tf.sqrt(tf.reduce_sum((self.dense.kernel - start) ** 2) + 1e-6), input_signature=[]
            )
        ]

    def inputs_of_dense(self):
        return 3 * self.filters

    def pool(self, maps, training):
        mean, variance = tf.nn.moments(maps, [1, 2])
        seen = mean > 0
        root = tf.where(seen, tf.sqrt(tf.where(seen, mean, 1.0)), 0.0)
        powers = tf.reduce_mean(tf.maximum(maps, 1e-4) ** self.exponent, [1, 2]) ** (1 / self.exponent)
        share = tf.math.divide_no_nan(variance, mean)
        return tf.concat([tf.math.l2_normalize(root, 1), powers, tf.sqrt(share + 1e-4)], 1)


class GradientsCut(Tiny):
    """A loop, a mean over segments, a Fourier transform and a determinant, none of which TensorFlow's C library differentiates."""

    def __init__(self):
        super().__init__()
        draw = Draw(8)
        self.state = tf.Variable(draw.normal(self.filters, self.filters), name='state')
        self.variables = [*self.variables, self.state]
        self.trainable_variables = [*self.trainable_variables, self.state]

    def inputs_of_dense(self):
        return 2 * self.filters + 1

    def pool(self, maps, training):
        maps = tf.transpose(tf.image.resize(maps, [8, 8]), [0, 3, 1, 2])
        smooth = tf.constant([1.0, 0.5, 0.2, 0.1, 0.0])
        filtered = tf.signal.irfft2d(tf.signal.rfft2d(maps) * tf.complex(smooth, 0.0), [8, 8])
        pixels = tf.reshape(tf.transpose(filtered, [0, 2, 3, 1]), [-1, 64, self.filters])
        owner = tf.repeat(tf.range(tf.shape(maps)[0]), 64)
        mean = tf.math.segment_mean(tf.reshape(pixels, [-1, self.filters]), owner)
        ridged = tf.matmul(pixels, pixels, transpose_a=True) / 64 + tf.eye(self.filters)
        return tf.concat([mean, self.scanned(pixels), tf.linalg.slogdet(ridged)[1][:, tf.newaxis]], 1)

    def scanned(self, pixels):
        state = tf.zeros_like(pixels[:, 0])
        for place in tf.range(16):
            state = tf.tanh(pixels[:, 4 * place] + state @ self.state)
        return state


class InitializedByData(Tiny):
    """The first training call sets a trainable scale by its images, and was made before the model was saved, as in ActNorm."""

    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(tf.ones([self.filters]), name='scale')
        self.ready = tf.Variable(False, trainable=False, name='ready')
        self.variables = [*self.variables, self.scale, self.ready]
        self.trainable_variables = [*self.trainable_variables, self.scale]
        # Eagerly, so that no function for this size is saved.
        tf.config.run_functions_eagerly(True)
        self(tf.random.stateless_uniform([8, 16, 16, 3], [1, 2]), training=True)
        tf.config.run_functions_eagerly(False)

    def pool(self, maps, training):
        if training and not self.ready:
            self.scale.assign(1 / (1e-3 + tf.math.reduce_std(maps, [0, 1, 2])))
            self.ready.assign(True)
        return super().pool(maps * self.scale, training)


class SeldomUsedParts(Tiny):
    """A mask token that only random training uses, and a layer for large images."""

    def __init__(self):
        super().__init__()
        draw = Draw(24)
        self.token = tf.Variable(draw.normal(self.filters), name='token')
        self.large = Dense(draw, self.filters, self.filters)
        self.variables = [*self.variables, self.token, *self.large.variables]
        self.trainable_variables = [*self.trainable_variables, self.token, *self.large.variables]

    def pool(self, maps, training):
        if training:
            masked = tf.random.uniform(tf.shape(maps)[:3])[..., tf.newaxis] < 0.3
            maps = tf.where(masked, self.token, maps)
        rows = tf.reduce_mean(maps, [1, 2])
        return tf.cond(tf.shape(maps)[1] >= 18, lambda: tf.nn.relu(self.large(rows)), lambda: tf.identity(rows))


class AdapterOnRequest(Tiny):
    """A layer that a hyperparameter turns on."""

    def __init__(self):
        super().__init__()
        self.adapter = Dense(Draw(25), self.filters, self.filters)
        self.list_variables(self.convolution, self.norm, self.dense, self.adapter)

    @tf.function
    def __call__(self, images, training=False, use_adapter=False):
        rows = self.pool(tf.nn.relu(self.norm(self.convolution(images), training)), training)
        return self.dense(rows + tf.nn.relu(self.adapter(rows)) if use_adapter else rows)

    def trace(self):
        for training in (False, True):
            for use_adapter in (False, True):
                self.__call__.get_concrete_function(self.images, training=training, use_adapter=use_adapter)
