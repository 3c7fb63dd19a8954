"""Conforming models with hyperparameters of many kinds; each is the sound neighbour of a twin."""

import math

import tensorflow as tf

from .tiny import IMAGES, SCALAR, Tiny

WHOLE = tf.TensorSpec([], tf.int32)
FLAG = tf.TensorSpec([], tf.bool)


class Asked(Tiny):
    """Traced for each value of `training`, with every subset of the arguments in `optional`."""

    optional = {}

    def trace(self):
        for training in (False, True):
            for given in subsets(self.optional):
                self.__call__.get_concrete_function(IMAGES, training=training, **given)


class AskedAtOnce(Asked):
    """Traced with all of the arguments as tensors, to which TensorFlow converts a number, and a default."""

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(IMAGES, training=training, **self.optional)


def subsets(arguments):
    found = [{}]
    for name, spec in arguments.items():
        found += [{**given, name: spec} for given in found]
    return found


class Temperature(Asked):
    """Rows are divided by an argument, at inference, too."""

    optional = {'temperature': SCALAR}

    @tf.function
    def __call__(self, images, training=False, temperature=1.0):
        return self.rows(images, training) / temperature


class RateOfNone(Asked):
    """The default is None in the function spec, and 0.2 where it is used: in training only."""

    optional = {'dropout_rate': SCALAR}

    @tf.function
    def __call__(self, images, training=False, dropout_rate=None):
        self.rate = 0.2 if dropout_rate is None else dropout_rate
        return self.rows(images, training)

    def pool(self, maps, training):
        rows = tf.reduce_mean(maps, [1, 2])
        return inner_dropout(rows, self.rate) if training else rows

    def trace(self):
        super().trace()
        self.rate = None


def inner_dropout(rows, rate):
    kept = tf.cast(tf.random.uniform(tf.shape(rows)) >= rate, tf.float32)
    return rows * kept / (1.0 - rate)


class Level(Asked):
    """A whole number chooses one of six ways to sharpen the features."""

    optional = {'level': WHOLE}

    @tf.function
    def __call__(self, images, training=False, level=3):
        self.level = level
        return self.rows(images, training)

    def pool(self, maps, training):
        rows = tf.reduce_mean(maps, [1, 2])
        powers = [lambda power=power: tf.pow(rows + 1e-3, power / 3.0) for power in range(1, 7)]
        return tf.switch_case(tf.convert_to_tensor(self.level) - 1, powers)

    def trace(self):
        super().trace()
        self.level = None


class MomentumOnRequest(Asked):
    """A momentum that matters only where another argument, False by default, asks for it; it is 0.9 otherwise."""

    optional = {'momentum': SCALAR, 'use_momentum': FLAG}

    @tf.function
    def __call__(self, images, training=False, momentum=0.9, use_momentum=False):
        self.norm.momentum = tf.where(use_momentum, momentum, 0.9)
        return self.rows(images, training)

    def trace(self):
        super().trace()
        self.norm.momentum = None


class SamplesOnRequest(Asked):
    """Dropout inside, at inference only where an argument that is declared to affect inference asks for samples."""

    optional = {'sample': FLAG}

    @tf.function
    def __call__(self, images, training=False, sample=False):
        self.sample = sample
        return self.rows(images, training)

    def pool(self, maps, training):
        rows = tf.reduce_mean(maps, [1, 2])
        return inner_dropout(rows, tf.where(self.sample, 0.5, 0.0))

    def trace(self):
        super().trace()
        self.sample = None


class Blocks(AskedAtOnce):
    """Pixels are averaged in blocks, whose last ones may be smaller; two bands, which may be equal, are weighted by a share."""

    optional = {'block': WHOLE, 'inner': WHOLE, 'outer': WHOLE, 'share': SCALAR}

    @tf.function
    def __call__(self, images, training=False, block=1, inner=1, outer=3, share=0.25):
        size = -(-tf.shape(images)[1:3] // block)
        rows = self.rows(tf.image.resize(images, size), training)
        difference = tf.cast(outer - inner, tf.float32)
        return rows * (1.0 + share * difference / (1.0 + tf.abs(difference)))


class Angle(Asked):
    """Rows are turned by degrees: both ends of the range and the default are one and the same angle."""

    optional = {'degrees': SCALAR}

    @tf.function
    def __call__(self, images, training=False, degrees=0.0):
        angle = degrees * (math.pi / 180.0)
        rows = self.rows(images, training)
        return tf.cos(angle) * rows + tf.sin(angle) * tf.roll(rows, 1, axis=1)
