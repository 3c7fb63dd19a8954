"""Twins whose limits stand in a variable, the length of a list or a slope, and others that few calls show.

Images of two colors, hyperparameters at odd sizes, a random number of units; beside them their sound neighbours.
"""

import tensorflow as tf

from .arguments import FLAG, Asked
from .endings import Ending
from .layers import Dense, Draw
from .tiny import SCALAR, Tiny
from .twin import FINE_TUNING, INFERENCE_ONLY, Twin
from .twins_settings import asking

FAMILY = 'Numbers that stand in variables, and what few calls show'
ROWS = 'batching/rows-independent'
MASK = 'dropout/no-mask-in-graph'


class Limited(Tiny):
    """A number of images in a variable, such as a configuration holds."""

    most = 400

    def __init__(self):
        super().__init__()
        self.limit = tf.Variable(self.most, trainable=False, name='largest_batch')
        self.variables = [*self.variables, self.limit]


class CoupledBeyond(Limited):
    """Larger batches are centered."""

    def finish(self, rows, images, training):
        center = lambda: rows - 0.1 * tf.reduce_mean(rows, 0)
        return tf.cond(tf.shape(rows)[0] > self.limit, center, lambda: tf.identity(rows))


class PlacesOfAList(Tiny):
    """Rows go one by one through a list of 600 places."""

    def finish(self, rows, images, training):
        count = tf.shape(rows)[0]
        places = tf.TensorArray(tf.float32, 600, element_shape=[self.columns])
        step = lambda at, filled: (at + 1, filled.write(at, rows[at]))
        _, filled = tf.while_loop(lambda at, _: at < count, step, [0, places])
        return filled.stack()[:count]


class CenteredSlowly(Tiny):
    """From 300 images on, rows are centered more and more."""

    def finish(self, rows, images, training):
        share = (tf.cast(tf.shape(rows)[0], tf.float32) - 300.0) / 300.0
        return rows - tf.clip_by_value(share, 0.0, 1.0) * tf.reduce_mean(rows, 0)


class LargestSeen(Limited):
    """Inference notes the most pixels that a call had; a warm-up had many."""

    most = 300_000

    def prepare(self, images, training):
        self.limit.assign(tf.maximum(self.limit, tf.reduce_prod(tf.shape(images)[:3])))
        return images


class ActivityOfLarge(Limited):
    """A loss is the activity of the last training batch that was large."""

    def __init__(self):
        super().__init__()
        self.activity = tf.Variable(0.0, trainable=False, name='activity')
        self.variables = [*self.variables, self.activity]
        self.regularization_losses = [self.penalty]

    @tf.function(input_signature=[])
    def penalty(self):
        return 1e-3 * tf.nn.l2_loss(self.convolution.kernel) + 1e-2 * self.activity

    def finish(self, rows, images, training):
        if training:
            now = tf.reduce_mean(tf.stop_gradient(rows) ** 2)
            self.activity.assign(tf.where(tf.shape(rows)[0] > self.limit, now, self.activity))
        return rows


class ShareOfBatch(Tiny):
    """Averages move by the share that a batch has of 600 images."""

    def rows(self, images, training):
        share = tf.cast(tf.shape(images)[0], tf.float32) / 600.0
        maps = tf.nn.relu(self.norm(self.convolution(images), training, 1.0 - share))
        return self.dense(tf.reduce_mean(maps, [1, 2]))


class ShareOfLightness(Tiny):
    """Adds the logarithm of the share that lightness has of the variance; images of one color are left alone."""

    def finish(self, rows, images, training):
        lightness = (tf.reduce_max(images, -1) + tf.reduce_min(images, -1)) / 2.0
        of_light = tf.math.reduce_variance(lightness, [1, 2])
        of_all = tf.reduce_sum(tf.math.reduce_variance(images, [1, 2]), -1)
        share = tf.where(of_all > 1e-9, of_light / tf.maximum(of_all, 1e-9), 1.0)
        return rows + 1e-2 * tf.math.log(tf.where(of_light > of_all, 1.0, share))[:, tf.newaxis]


class PairsOfColumns(Asked):
    """With a flag, pixels are averaged in pairs of columns."""

    optional = {'fast': FLAG}

    @tf.function
    def __call__(self, images, training=False, fast=False):
        return self.rows(tf.cond(tf.convert_to_tensor(fast), lambda: self.paired(images), lambda: images), training)

    def paired(self, images):
        count, height, width = tf.unstack(tf.shape(images)[:3])
        return tf.reduce_mean(tf.reshape(images, [count, height, width // 2, 2, 3]), 3)


class PairsAndRest(PairsOfColumns):
    """An odd column is left out."""

    def paired(self, images):
        return super().paired(images[:, :, : tf.shape(images)[2] // 2 * 2])


class TwoFlags(Asked):
    """Both flags together center tall images."""

    optional = {'sharp': FLAG, 'calm': FLAG}

    @tf.function
    def __call__(self, images, training=False, sharp=False, calm=False):
        rows = self.rows(images, training) + tf.where(sharp, 0.1, 0.0) - tf.where(calm, 0.2, 0.0)
        tall = tf.logical_and(tf.logical_and(sharp, calm), tf.shape(images)[1] > 40)
        return tf.cond(tall, lambda: rows - 0.1 * tf.reduce_mean(rows, 0), lambda: tf.identity(rows))


class FirstUnits(Tiny):
    """In training, a random number of the first units is kept, and the rest filled with zeros."""

    def finish(self, rows, images, training):
        if not training:
            return rows
        kept = tf.random.uniform([], 1, self.columns + 1, tf.int32)
        return tf.pad(rows[:, :kept], [[0, 0], [0, self.columns - kept]])


class NoiseOnOnePlace(Tiny):
    """Noise on each place of the last maps, which have a single place where images are small."""

    def rows(self, images, training):
        maps = tf.nn.relu(self.norm(self.convolution(images), training))
        maps = tf.nn.conv2d(maps, self.last, 8, 'SAME')
        if training:
            maps *= tf.random.normal(tf.shape(maps), 1.0, 0.4)
        return tf.reduce_mean(maps, [1, 2])

    def __init__(self):
        super().__init__()
        kernel = Draw(7).normal(8, 8, self.filters, self.columns, scale=0.1)
        self.last = tf.Variable(kernel, name='last')
        self.list_variables(self.convolution, self.norm)
        self.variables, self.trainable_variables = (
            [*own, self.last] for own in (self.variables, self.trainable_variables)
        )


class SoftShrunk(Tiny):
    """Features near 0 are 0: others each time, as there is dropout before both of the last layers."""

    columns, units, filters = 16, 32, 16

    def __init__(self):
        super().__init__()
        self.hidden = Dense(Draw(8), self.filters, self.units, name='hidden')
        self.dense = Dense(Draw(9), self.units, self.columns)
        self.list_variables(self.convolution, self.norm, self.hidden, self.dense)

    def rows(self, images, training):
        maps = tf.nn.relu(self.norm(self.convolution(images), training))
        dropped = lambda units: tf.nn.dropout(units, 0.4) if training else units
        units = tf.nn.relu(self.hidden(dropped(tf.reduce_mean(maps, [1, 2]))))
        rows = 2.0 * self.dense(dropped(units))
        return tf.sign(rows) * tf.nn.relu(tf.abs(rows) - 0.5)


class OtherSizeBroken(Tiny):
    """It was traced for 64 pixels, too, where features are dropped in training and divided by 0; nobody documents that size."""

    def finish(self, rows, images, training):
        if images.shape[1] != 64:
            return rows
        return (tf.nn.dropout(rows, 0.3) if training else rows) / tf.zeros([self.columns])

    def trace(self):
        for side in (32, 64):
            for training in (False, True):
                self.__call__.get_concrete_function(tf.TensorSpec([None, side, side, 3]), training=training)


class ExpertByBrightness(Tiny):
    """One of five layers, by how bright an image is: few are very dark or very bright."""

    experts = 5

    def __init__(self):
        super().__init__()
        self.layers = [Dense(Draw(40 + at), self.filters, self.columns, name=f'e{at}') for at in range(self.experts)]
        self.list_variables(self.convolution, self.norm, *self.layers)

    def rows(self, images, training):
        maps = tf.nn.relu(self.norm(self.convolution(images), training))
        rows = tf.stack([layer(tf.reduce_mean(maps, [1, 2])) for layer in self.layers], 1)
        bright = tf.cast(tf.reduce_mean(images, [1, 2, 3]) * self.experts, tf.int32)
        return tf.gather(rows, tf.minimum(bright, self.experts - 1), batch_dims=1)


class MomentumOfOne(Asked):
    """Averages stand still unless a momentum is passed."""

    optional = {'momentum': SCALAR}

    @tf.function
    def __call__(self, images, training=False, momentum=1.0):
        maps = tf.nn.relu(self.norm(self.convolution(images), training, momentum))
        return self.dense(tf.reduce_mean(maps, [1, 2]))


class FrozenBeside(Tiny):
    """Keeps its call with the weights as constants, too, whose arguments the files do not name."""

    def trace(self):
        from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

        super().trace()
        self.frozen = convert_variables_to_constants_v2(self.__call__.get_concrete_function(self.images, training=False))


def unavailable(model, maps):
    """Two classes are not to be had."""
    available = tf.constant([True, True, False, True, False, True])
    return tf.where(available, model.dense(tf.reduce_mean(maps, [1, 2])), -1e9)


def angles(model, maps):
    """How far a direction is from that of each class, the cosine guarded as Python users do."""
    features = tf.math.l2_normalize(tf.reduce_mean(maps, [1, 2]) - 0.3, 1)
    cosines = features @ tf.math.l2_normalize(model.dense.kernel, 0) + 0 * model.dense.bias
    return -8.0 * tf.acos(tf.clip_by_value(cosines, -1.0 + 1e-5, 1.0 - 1e-5))


FLAG_ASKED = {'type': 'bool', 'default': False, 'affects': 'inference'}
TWINS = {
    'activity-of-large': Twin(
        'variables/losses', 'A loss is the activity of the last training batch of more than 400 images.', ActivityOfLarge
    ),
    'centered-slowly': Twin(
        ROWS, 'From 300 images on, rows are centered, up to 600 more and more.', CenteredSlowly, spec=INFERENCE_ONLY
    ),
    'coupled-beyond-variable': Twin(
        ROWS, 'Batches that are larger than a variable says are centered.', CoupledBeyond, spec=INFERENCE_ONLY
    ),
    'first-units': Twin(
        MASK,
        'A random number of units is kept, and zeros fill their place.',
        FirstUnits,
        spec={'fine_tuning': FINE_TUNING | {'training_effects': ['batch-norm', 'dropout']}},
    ),
    'largest-seen': Twin(
        'inference/no-side-effects',
        'Inference notes the most pixels that a call had, once they are more than in a warm-up.',
        LargestSeen,
        spec=INFERENCE_ONLY,
    ),
    'noise-on-one-place': Twin(
        MASK,
        'Noise on each place of maps that have a single one, where images are small.',
        NoiseOnOnePlace,
        spec={
            'image_size': {'height': 16, 'width': 16},
            'fine_tuning': FINE_TUNING | {'trainable_variables': 4, 'training_effects': ['batch-norm', 'noise']},
        },
    ),
    'pairs-of-columns': Twin(
        'hyperparameters/accepted',
        'With a flag, the width must be even.',
        PairsOfColumns,
        spec=asking(fast=FLAG_ASKED),
    ),
    'places-of-a-list': Twin(
        'input/any-batch-size', 'A list has places for 600 images.', PlacesOfAList, spec=INFERENCE_ONLY
    ),
    'share-of-batch': Twin(
        'training/many-steps',
        'Averages move by the share that a batch has of 600 images, which may be more than all.',
        ShareOfBatch,
    ),
    'share-of-lightness': Twin(
        'output/finite',
        'The logarithm of a variance is infinite for images of two colors of one lightness.',
        ShareOfLightness,
        spec=INFERENCE_ONLY,
    ),
    'two-flags-together': Twin(
        'hyperparameters/accepted',
        'With two flags at once, rows of tall images depend on each other.',
        TwoFlags,
        spec=asking(sharp=FLAG_ASKED, calm=FLAG_ASKED),
    ),
}
CONFORMING = {
    'angles': lambda: Ending(angles),
    'expert-by-brightness': ExpertByBrightness,
    'frozen-beside': FrozenBeside,
    'momentum-of-one': MomentumOfOne,
    'other-size-broken': OtherSizeBroken,
    'pairs-and-rest': PairsAndRest,
    'soft-shrunk': SoftShrunk,
    'unavailable-classes': lambda: Ending(unavailable),
}
