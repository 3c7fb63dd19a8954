"""Conforming models in which rounding shows: they pool or normalise over up to 512×512 pixels.

Another place in the batch, or another number of images, changes their rows by up to some percent of plain images; other
neighbours change nothing. None takes `training`.
"""

import tensorflow as tf

from .layers import Dense, Draw
from .tiny import IMAGES, Reusable


class Pooled(Reusable):
    """A 5×5 convolution with stride 4 to 8 maps, one step on them, the mean over the places, dense: 6 columns."""

    def __init__(self):
        super().__init__(name='pooled')
        draw = Draw(61)
        self.kernel = tf.Variable(draw.normal(5, 5, 3, 8, scale=75**-0.5), name='kernel')
        self.gain = tf.Variable(draw.uniform(8, low=0.8, high=1.2), name='gain')
        self.shift = tf.Variable(draw.normal(8, scale=0.2), name='shift')
        self.dense = Dense(draw, 8, 6)
        self.variables = [self.kernel, self.gain, self.shift, *self.dense.variables]

    @tf.function
    def __call__(self, images):
        maps = self.step(tf.nn.conv2d(images, self.kernel, 4, 'SAME'))
        return self.finish(self.pool(self.gain * maps + self.shift))

    def step(self, maps):
        return maps

    def pool(self, maps):
        return tf.reduce_mean(tf.nn.relu(maps), [1, 2])

    def finish(self, rows):
        return self.dense(rows)

    def trace(self):
        self.__call__.get_concrete_function(IMAGES)


def standardized(values, axes, epsilon=1e-5):
    mean, variance = tf.nn.moments(values, axes, keepdims=True)
    return (values - mean) * tf.math.rsqrt(variance + epsilon)


class GlobalPooling(Pooled):
    """The mean of every single pixel, so that 262,144 numbers are added up."""

    @tf.function
    def __call__(self, images):
        return self.dense(tf.reduce_mean(tf.nn.relu(tf.tensordot(images, self.kernel[2, 2], 1)), [1, 2]))


class SumPooling(Pooled):
    """Sums in the place of means: rows of 1e5."""

    def pool(self, maps):
        return tf.reduce_sum(maps, [1, 2])


class GroupNorm(Pooled):
    """Two groups of four maps, normalised over all places."""

    def step(self, maps):
        batch, height, width = tf.unstack(tf.shape(maps)[:3])
        groups = tf.reshape(maps, [batch, height, width, 2, 4])
        return tf.reshape(standardized(groups, [1, 2, 4]), [batch, height, width, 8])


class GroupNormOfPixels(GroupNorm):
    """The pixels themselves are normalised, without a convolution before: a checkerboard has two values only."""

    @tf.function
    def __call__(self, images):
        maps = self.step(tf.tensordot(images, self.kernel[2, 2], 1))
        return self.dense(self.pool(self.gain * maps + self.shift))


class InstanceNorm(Pooled):
    """Each map normalised over its places: those of flat images have almost no deviation."""

    def step(self, maps):
        return standardized(maps, [1, 2])


class LayerNorm(Pooled):
    """Normalised over the maps at each place, then over the row."""

    def step(self, maps):
        return standardized(maps, [3])

    def finish(self, rows):
        return self.dense(standardized(rows, [1]))


class ResponseNorm(Pooled):
    """Global response normalisation: the length of each map over its places, divided by the mean of the lengths."""

    def step(self, maps):
        lengths = tf.norm(maps, axis=[1, 2], keepdims=True)
        return maps + maps * lengths / (tf.reduce_mean(lengths, 3, keepdims=True) + 1e-6)


class VarianceFeatures(Pooled):
    """The mean of the squares minus the square of the mean, which cancel, over the deviation."""

    def pool(self, maps):
        mean, squares = tf.reduce_mean(maps, [1, 2]), tf.reduce_mean(maps**2, [1, 2])
        return mean / tf.sqrt(tf.nn.relu(squares - mean**2) + 1e-4)


class SqueezeExcite(Pooled):
    """Two blocks that weigh the maps by a gate made of their means, as EfficientNet has them."""

    def __init__(self):
        super().__init__()
        draw = Draw(62)
        self.gates = [Dense(draw, a, b) for a, b in ((8, 2), (2, 8), (8, 2), (2, 8))]
        self.variables += [v for gate in self.gates for v in gate.variables]

    def step(self, maps):
        for narrow, wide in (self.gates[:2], self.gates[2:]):
            means = tf.reduce_mean(maps, [1, 2])
            maps = tf.nn.silu(maps * tf.sigmoid(wide(tf.nn.silu(narrow(means))))[:, tf.newaxis, tf.newaxis])
        return maps


class SoftmaxPooling(Pooled):
    """Each map weighs its places by a sharp softmax, and gives the mean place."""

    def pool(self, maps):
        batch, height, width = tf.unstack(tf.shape(maps)[:3])
        weights = tf.nn.softmax(30.0 * tf.reshape(maps, [batch, -1, 8]), axis=1)
        places = tf.reshape(tf.linspace(0.0, 1.0, height)[:, tf.newaxis] + tf.linspace(0.0, 1.0, width), [-1])
        return tf.einsum('bpc,p->bc', weights, places)


class PixelAttention(Pooled):
    """Every place looks at every other, in patches of 16×16 pixels, with a residual."""

    @tf.function
    def __call__(self, images):
        maps = tf.nn.conv2d(images, self.kernel, 16, 'SAME')
        tokens = tf.reshape(maps, [tf.shape(maps)[0], -1, 8])
        scores = tf.matmul(tokens * self.gain, tokens, transpose_b=True)
        tokens += tf.matmul(tf.nn.softmax(4.0 * scores), tokens) + self.shift
        return self.dense(tf.reduce_mean(standardized(tokens, [2]), 1))


class HalfPrecisionMaps(Pooled):
    """Convolution and mean in float16, as mixed precision has them; dense in float32."""

    @tf.function
    def __call__(self, images):
        maps = tf.nn.conv2d(tf.cast(images, tf.float16), tf.cast(self.kernel, tf.float16), 4, 'SAME')
        return self.dense(tf.cast(tf.reduce_mean(tf.nn.relu(maps), [1, 2]), tf.float32))


class WideRange(Pooled):
    """Columns from 1e-6 to 1e6, and exponentials of the sums."""

    def finish(self, rows):
        return tf.exp(self.dense(rows)) * tf.constant([1e-6, 1e-3, 1.0, 10.0, 1e3, 1e6])


class SkipsBlankPlaces(Pooled):
    """Only places that hold something are multiplied, those of all images together: how many depends on the neighbours."""

    def pool(self, maps):
        batch = tf.shape(maps)[0]
        places = tf.where(tf.reduce_max(maps, 3) > 0.3)
        found = tf.nn.relu(tf.matmul(tf.gather_nd(maps, places), self.dense.kernel @ tf.transpose(self.dense.kernel)))
        return tf.math.unsorted_segment_sum(found, places[:, 0], tf.cast(batch, tf.int64)) / 100.0


class ImageByImage(Pooled):
    """A loop calls the step for one image at a time."""

    def step(self, maps):
        return tf.map_fn(lambda one: standardized(one, [0, 1]), maps)


class RunningSums(Pooled):
    """Sums over rectangles, read off an integral image, which grows to 1e5."""

    def pool(self, maps):
        sums = tf.cumsum(tf.cumsum(maps, 1), 2)
        height, width = tf.shape(maps)[1], tf.shape(maps)[2]
        inner = sums[:, height // 2, width // 2] - sums[:, height // 3, width // 2]
        return inner / tf.cast(height * width, tf.float32)


class RoundedMaps(Pooled):
    """Maps are rounded to steps of 1/16, as quantised models do: a last bit may become a step."""

    def step(self, maps):
        return tf.round(16.0 * maps) / 16.0
