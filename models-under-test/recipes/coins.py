"""Conforming models with a coin for the whole batch: two calls in a row often give the same by chance."""

import tensorflow as tf

from .arguments import Asked
from .layers import Dense, Draw
from .tiny import SCALAR
from .wide import Wide


class BranchByCoin(Wide):
    """The branch of a residual block is dropped for the whole batch, half of the time."""

    kept = 0.5

    def __init__(self):
        super().__init__()
        self.branch = Dense(Draw(91), self.filters, self.filters, name='branch')
        self.list_variables(self.convolution, self.norm, self.branch, self.hidden, self.dense)

    def head(self, maps, training):
        branch = tf.nn.relu(self.branch(maps))
        if training:
            branch *= coin(self.kept) / self.kept
        return super().head(maps + branch, training)


class UnfairCoin(BranchByCoin):
    """It is kept three times of four."""

    kept = 0.75


class MirroredByCoin(Asked):
    """Images are mirrored with a probability that is passed, at inference, too, and get darker with another in training."""

    optional = {'mirrored': SCALAR, 'darker': SCALAR}

    @tf.function
    def __call__(self, images, training=False, mirrored=0.0, darker=0.5):
        images = tf.where(coin(mirrored) > 0, images[:, :, ::-1], images)
        if training:
            images = tf.where(coin(darker) > 0, 0.5 * images, images)
        return self.rows(images, training)


def coin(probability):
    """1 with this probability, and else 0."""
    return tf.cast(tf.random.uniform([]) < probability, tf.float32)
