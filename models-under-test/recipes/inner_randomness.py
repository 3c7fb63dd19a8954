"""Conforming models that are random inside in training, or look as if their outputs were dropped."""

import tensorflow as tf

from .layers import Dense, Draw
from .tiny import Tiny
from .wide import Wide


class InnerDropout(Wide):
    """Dropout before the last layer."""

    rate = 0.5

    def inner(self, units, training):
        return tf.nn.dropout(units, self.rate) if training else units


class InnerDropout090(InnerDropout):
    """Nine of ten units are dropped; sometimes all of a row."""

    rate = 0.9


class InnerDropoutReLU(InnerDropout):
    """About half of the features are zero, a different half each time."""

    def finish(self, rows, images, training):
        return tf.nn.relu(rows)


class DropoutOfEightUnits(InnerDropout):
    """Sometimes all of eight units are dropped; the row is then exactly the bias."""

    units = 8


class OneUnitPerFeature(InnerDropout):
    """Each feature depends on one unit alone, so it is exactly its bias whenever that unit is dropped."""

    units = 96
    rate = 0.2

    def __init__(self):
        super().__init__()
        places = Draw(81).random.permutation(self.units)
        strengths = Draw(82).uniform(self.units, low=0.5, high=1.5)
        self.dense.kernel.assign(tf.one_hot(places, self.columns) * strengths[:, None])
        # Seldom zero by itself.
        self.hidden.bias.assign(self.hidden.bias + 1.0)


class StronglyNegativeBias(InnerDropout):
    """ReLU features that are rarely above zero."""

    def finish(self, rows, images, training):
        return tf.nn.relu(rows - 0.6)


class DiscreteMasks(Wide):
    """Half of the hidden units are dropped, by one of four fixed patterns."""

    def __init__(self):
        super().__init__()
        self.patterns = tf.constant(Draw(83).random.randint(0, 2, [4, self.units]) * 2.0, tf.float32)

    def inner(self, units, training):
        if not training:
            return units
        return units * tf.gather(self.patterns, tf.random.uniform(tf.shape(units)[:1], 0, 4, tf.int32))


class SomeAlwaysZero(InnerDropout):
    """Every eighth feature is zero for all images."""

    def finish(self, rows, images, training):
        return tf.where(tf.range(self.columns) % 8 == 0, 0.0, rows)


class StochasticDepth(Wide):
    """The branch of a residual block is dropped for half of the images; a hidden and a last layer follow."""

    def __init__(self):
        super().__init__()
        self.branch = Dense(Draw(84), self.filters, self.filters, name='branch')
        self.list_variables(self.convolution, self.norm, self.branch, self.hidden, self.dense)

    def head(self, maps, training):
        branch = tf.nn.relu(self.branch(maps))
        return super().head(maps + per_image_dropout(branch, training), training)


class StochasticDepthLast(Wide):
    """The branch of the last residual block is dropped for half of the images; only pooling follows."""

    def __init__(self):
        super().__init__()
        self.branch = Dense(Draw(85), self.filters, self.columns, name='branch')
        self.list_variables(self.convolution, self.norm, self.branch, self.hidden, self.dense)

    def head(self, maps, training):
        return self.pool(self.wide_maps(maps) + per_image_dropout(self.branch(maps), training), training)


def per_image_dropout(maps, training):
    return tf.nn.dropout(maps, 0.5, noise_shape=[tf.shape(maps)[0], 1, 1, 1]) if training else maps


class AttentionDropout(Wide):
    """Patches attend to each other, and weights of the attention are dropped; their mean is the row."""

    def __init__(self):
        super().__init__()
        self.query = Dense(Draw(86), self.filters, self.filters, name='query')
        self.list_variables(self.convolution, self.norm, self.query, self.hidden, self.dense)

    def head(self, maps, training):
        patches = tf.nn.avg_pool2d(maps, 4, 4, 'SAME')
        patches = tf.reshape(patches, [tf.shape(maps)[0], -1, self.filters])
        weights = tf.nn.softmax(4 * tf.matmul(self.query(patches), patches, transpose_b=True))
        if training:
            weights = tf.nn.dropout(weights, 0.3)
        return tf.reduce_mean(tf.matmul(weights, self.wide_maps(patches)), 1)


class SpatialDropoutPositions(Wide):
    """Pixels are dropped with all their channels; the mean over the pixels is the row."""

    def head(self, maps, training):
        maps = self.wide_maps(maps)
        if training:
            maps = tf.nn.dropout(maps, 0.2, noise_shape=tf.concat([tf.shape(maps)[:3], [1]], 0))
        return self.pool(maps, training)


class InnerDropoutGates(Wide):
    """Channels are weighted by a squeeze-and-excite gate with dropout inside; the mean over the pixels is the row."""

    def __init__(self):
        super().__init__()
        self.squeeze, self.excite = (Dense(Draw(87), self.columns, 8), Dense(Draw(88), 8, self.columns))
        self.list_variables(self.convolution, self.norm, self.hidden, self.dense, self.squeeze, self.excite)

    def head(self, maps, training):
        maps = self.wide_maps(maps)
        squeezed = tf.nn.relu(self.squeeze(self.pool(maps, training)))
        if training:
            squeezed = tf.nn.dropout(squeezed, 0.5)
        gates = tf.nn.sigmoid(self.excite(squeezed))
        return self.pool(maps * gates[:, tf.newaxis, tf.newaxis], training)


class AugmentsInTraining(Wide):
    """In training images are flipped or not, and darkened, at random."""

    def prepare(self, images, training):
        if not training:
            return images
        shape = [tf.shape(images)[0], 1, 1, 1]
        images = tf.where(tf.random.uniform(shape) < 0.5, images[:, :, ::-1], images)
        return images * tf.random.uniform(shape, 0.7, 1.0)


class ConstantAmongOthers(Wide):
    """The feature in the middle is the same for every image; nothing is random."""

    def finish(self, rows, images, training):
        return tf.where(tf.range(self.columns) == 48, 0.5, rows)


class AllPositiveLogits(Tiny):
    """Scores far above zero."""

    def finish(self, rows, images, training):
        return rows + 8.0


class JitteredPlaces(Tiny):
    """In training, each place of the maps is taken from a random neighbour, before all are averaged."""

    def pool(self, maps, training):
        return super().pool(self.jittered(maps) if training else maps, training)

    def jittered(self, maps):
        count, height, width = (tf.shape(maps)[axis] for axis in range(3))
        grid = tf.stack(tf.meshgrid(tf.range(count), tf.range(height), tf.range(width), indexing='ij'), -1)
        steps = tf.random.uniform([count, height, width, 2], -1, 2, tf.int32)
        moved = grid + tf.pad(steps, [[0, 0], [0, 0], [0, 0], [1, 0]])
        return tf.gather_nd(maps, tf.clip_by_value(moved, 0, tf.stack([count, height, width]) - 1))
