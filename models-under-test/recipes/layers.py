"""Layers small enough to read: plain tf.Modules with weights drawn from a seed."""

import numpy as np
import tensorflow as tf


class Draw:
    """Weights from a seed; the same seed gives the same weights on every machine."""

    def __init__(self, seed):
        self.random = np.random.RandomState(seed)

    def normal(self, *shape, scale=1.0):
        return (self.random.normal(size=shape) * scale).astype(np.float32)

    def uniform(self, *shape, low, high):
        return self.random.uniform(low, high, size=shape).astype(np.float32)


class Convolution(tf.Module):
    """3×3 convolution without bias."""

    def __init__(self, draw, inputs, outputs, stride=1, padding='SAME', name='convolution'):
        super().__init__(name=name)
        self.stride, self.padding = stride, padding
        self.kernel = tf.Variable(draw.normal(3, 3, inputs, outputs, scale=(9 * inputs) ** -0.5), name='kernel')

    def __call__(self, maps):
        return tf.nn.conv2d(maps, self.kernel, self.stride, self.padding)


class BatchNorm(tf.Module):
    """Batch normalisation over all but the last dimension, with moving averages."""

    def __init__(self, draw, channels, momentum=0.9, name='batch_norm'):
        super().__init__(name=name)
        self.momentum = momentum
        self.gamma = tf.Variable(draw.uniform(channels, low=0.8, high=1.2), name='gamma')
        self.beta = tf.Variable(draw.uniform(channels, low=0.1, high=0.5), name='beta')
        self.moving_mean = tf.Variable(draw.normal(channels, scale=0.1), trainable=False, name='moving_mean')
        self.moving_variance = tf.Variable(
            draw.uniform(channels, low=0.05, high=0.15), trainable=False, name='moving_variance'
        )

    def __call__(self, maps, training, momentum=None):
        if not training:
            return self.normalised(maps, self.moving_mean, self.moving_variance)
        mean, variance = tf.nn.moments(maps, list(range(len(maps.shape) - 1)))
        self.move(mean, variance, self.momentum if momentum is None else momentum)
        return self.normalised(maps, mean, variance)

    def normalised(self, maps, mean, variance):
        return tf.nn.batch_normalization(maps, mean, variance, self.beta, self.gamma, 1e-3)

    def move(self, mean, variance, momentum):
        for moving, now in ((self.moving_mean, mean), (self.moving_variance, variance)):
            moving.assign(moving * momentum + now * (1 - momentum))


class Dense(tf.Module):
    """Matrix product and bias."""

    def __init__(self, draw, inputs, outputs, name='dense'):
        super().__init__(name=name)
        self.kernel = tf.Variable(draw.normal(inputs, outputs, scale=inputs**-0.5), name='kernel')
        self.bias = tf.Variable(draw.normal(outputs, scale=0.1), name='bias')

    def __call__(self, rows):
        return tf.matmul(rows, self.kernel) + self.bias


def decay(kernel, strength=1e-3):
    """An L2 loss, as `regularization_losses` lists them: no argument, one float32 scalar."""
    return tf.function(lambda: strength * tf.nn.l2_loss(kernel), input_signature=[])
