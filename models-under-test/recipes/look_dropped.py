"""Conforming models that fooled, or nearly fooled, the search for dropped outputs. All have dropout before the last layer."""

import tensorflow as tf

from .inner_randomness import InnerDropout
from .layers import Draw


class KWinners(InnerDropout):
    """Only the twenty largest features of a row are kept; which ones depends on the dropout."""

    rate = 0.2

    def finish(self, rows, images, training):
        least = tf.math.top_k(rows, 20).values[:, -1:]
        return tf.where(rows >= least, rows, 0.0)


class JumpReLU(InnerDropout):
    """Features below 0.3 are zero: just above it a feature jumps, and lies far from zero in its own deviations."""

    rate = 0.2

    def finish(self, rows, images, training):
        return tf.where(rows > 0.3, rows, 0.0)


class HalfPrecisionInside(InnerDropout):
    """The last sums are float16, so that different images sometimes get the same value."""

    def finish(self, rows, images, training):
        return tf.cast(tf.cast(rows, tf.float16), tf.float32)


class OneUnitPerReLUFeature(InnerDropout):
    """Each feature depends on one unit, is far above zero with it, and kept at zero by ReLU without it."""

    units = 96
    rate = 0.2

    def __init__(self):
        super().__init__()
        self.dense.kernel.assign(3 * tf.eye(96) + Draw(91).normal(96, 96, scale=1e-3))
        self.dense.bias.assign(tf.fill([96], -1.0))
        self.hidden.bias.assign(self.hidden.bias + 2.0)

    def finish(self, rows, images, training):
        return tf.nn.relu(rows)
