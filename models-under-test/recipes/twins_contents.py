"""Twins that fail for certain images only."""

import tensorflow as tf

from .tiny import Tiny
from .twin import Twin

FAMILY = 'Certain images, numbers of images or concrete functions only'


def divided(values, by):
    """Not a number where both are 0."""
    return values / by


class OneFlatChannel(Tiny):
    """Guarded for flat images, and not for images of which one channel is flat: a pixel of noise keeps the guard away."""

    def prepare(self, images, training):
        mean, variance = tf.nn.moments(images, [1, 2], keepdims=True)
        all_flat = tf.reduce_all(variance == 0, 3, keepdims=True)
        return divided(images - mean, tf.where(all_flat, 1.0, tf.sqrt(variance)))


class SaturatedChannel(Tiny):
    """The logarithm of how far a channel is from 1: infinite where a whole channel is saturated."""

    def finish(self, rows, images, training):
        room = 1.0 - tf.reduce_mean(images, [1, 2])
        sound = tf.reduce_all(room == 0, 1, keepdims=True)
        return rows + 0.01 * tf.math.log(tf.where(sound, 1.0, room))[:, :1]


class BorderStatistics(Tiny):
    """Divided by the deviation of the outer quarter: letterboxed images have none there."""

    def finish(self, rows, images, training):
        height = tf.shape(images)[1]
        border = tf.concat([images[:, : height // 8], images[:, -(height // 8) :]], 1)
        deviation = tf.math.reduce_std(border, [1, 2, 3])
        whole = tf.math.reduce_std(images, [1, 2, 3])
        return rows * tf.where(whole == 0, 1.0, divided(deviation, deviation))[:, tf.newaxis]


class FlatHalf(Tiny):
    """Divided by the deviation of the left half, guarded for flat images only."""

    def finish(self, rows, images, training):
        left = tf.math.reduce_std(images[:, :, : tf.shape(images)[2] // 2], [1, 2, 3])
        whole = tf.math.reduce_std(images, [1, 2, 3])
        return rows * tf.where(whole == 0, 1.0, divided(left, left))[:, tf.newaxis]


class FaintImages(Tiny):
    """Guarded against a variance of 0, and not against one of 1e-14."""

    def finish(self, rows, images, training):
        variance = tf.reduce_min(tf.math.reduce_variance(images, [1, 2]), 1)
        return rows * (1.0 + tf.where(variance > 0, (1e-12 / variance) ** 30, 0.0))[:, tf.newaxis]


class PlainAbove40(Tiny):
    """Flat images give NaN, at heights above 40 only."""

    def finish(self, rows, images, training):
        deviation = tf.math.reduce_std(images, [1, 2, 3])
        scale = tf.cond(tf.shape(images)[1] > 40, lambda: divided(deviation, deviation), lambda: tf.ones_like(deviation))
        return rows * scale[:, tf.newaxis]


class EqualImagesInTraining(Tiny):
    """Training divides by the deviation over the batch, guarded for a batch of one."""

    def finish(self, rows, images, training):
        if not training:
            return rows
        deviation = tf.math.reduce_std(rows, 0)
        return rows * tf.cond(tf.shape(rows)[0] > 1, lambda: divided(deviation, deviation), lambda: tf.ones_like(deviation))


class EdgeEnergy(Tiny):
    """Sound: the energy of vertical edges is added, summed in float32."""

    summed_in = tf.float32

    def finish(self, rows, images, training):
        steps = tf.cast(4.0 * (images[:, 1:] - images[:, :-1]), self.summed_in)
        mean = tf.reduce_sum(steps * steps, [1, 2, 3]) / tf.cast(tf.size(images[0]), self.summed_in)
        return rows + 0.01 * tf.cast(mean, tf.float32)[:, tf.newaxis]


class EdgeEnergyInFloat16(EdgeEnergy):
    """The sum overflows for large images that are black and white by single pixels."""

    summed_in = tf.float16


class GammaTable(Tiny):
    """Sound: linear light by a table of 256 entries."""

    levels = 255.0

    def prepare(self, images, training):
        table = tf.range(256, dtype=tf.float32) / 255.0
        return tf.gather(table**2.2, tf.cast(images * self.levels, tf.int32))


class GammaTableTooShort(GammaTable):
    """A pixel of 1 would be the 257th entry, and raises."""

    levels = 256.0


IN_TRAINING = {
    'training/same-output-contract': 'the fault is the same in training',
    'training/many-steps': 'and in sequences of calls',
}


TWINS = {
    'border-statistics': Twin(
        'output/finite', 'Divided by the deviation of the border, which letterboxed images lack.', BorderStatistics, also=IN_TRAINING
    ),
    'equal-images-in-training': Twin(
        'training/same-output-contract',
        'Training divides by the deviation over the batch, which is 0 for equal images.',
        EqualImagesInTraining,
        also={'variables/gradients-finite': 'the gradient for equal images is not finite either'},
    ),
    'faint-images': Twin(
        'output/finite', 'Divided by the variance, guarded at 0 only: images of the faintest variation overflow.', FaintImages, also=IN_TRAINING
    ),
    'flat-half': Twin('output/finite', 'NaN where the left half is flat and the right is not.', FlatHalf, also=IN_TRAINING),
    'halftone-overflows': Twin(
        'output/finite',
        'A sum in float16 overflows for large images that are black and white by single pixels.',
        EdgeEnergyInFloat16,
        also=IN_TRAINING,
    ),
    'one-flat-channel': Twin(
        'output/finite', 'NaN where one or two channels are flat and another is not.', OneFlatChannel, also=IN_TRAINING
    ),
    'plain-above-40': Twin('output/finite', 'NaN for flat images of a height above 40.', PlainAbove40, also=IN_TRAINING),
    'saturated-channel': Twin(
        'output/finite', 'The logarithm of what a channel lacks to 1, guarded for white images only.', SaturatedChannel, also=IN_TRAINING
    ),
    'white-pixels-raise': Twin('input/every-size', 'A pixel of 1 lies beyond the end of a table.', GammaTableTooShort),
}
