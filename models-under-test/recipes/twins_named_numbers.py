"""Twins that fail at a number which their graph names: whole parts of a batch or of an image, places in 16 bits.

Beside them what only inference after training shows, with other places, with flags, or with weights that have moved.
"""

import tensorflow as tf

from .arguments import FLAG, WHOLE, Asked
from .tiny import SCALAR, Tiny
from .twin import FINE_TUNING, INFERENCE_ONLY, Twin
from .twins_settings import asking

FAMILY = 'Numbers that the graph names, and what training brings about'
MANY_STEPS = 'training/many-steps'


class RestCutOff(Tiny):
    """Batches are filled up to 120 images, and what was added is cut off by a negative end, which is 0 for whole batches."""

    def finish(self, rows, images, training):
        added = -tf.shape(rows)[0] % 120
        return tf.pad(rows, [[0, added], [0, 0]])[:-added]


class WholeClips(Tiny):
    """Batches of whole clips of 60 images are taken for video, and each row for a mean of its clip."""

    def finish(self, rows, images, training):
        count = tf.shape(rows)[0]
        clips = lambda: tf.reduce_mean(tf.reshape(rows, [-1, 60, self.columns]), 1)
        video = tf.logical_and(count > 0, count % 60 == 0)
        return tf.cond(video, lambda: 0.9 * rows + 0.1 * tf.repeat(clips(), 60, 0), lambda: tf.identity(rows))


class Tiles(Tiny):
    """Maps are filled up to whole tiles of 40 pixels, and what was added is cut off again."""

    def pool(self, maps, training):
        height, width = tf.shape(maps)[1], tf.shape(maps)[2]
        down, right = -height % 20, -width % 20
        tiled = tf.pad(maps, [[0, 0], [0, down], [0, right], [0, 0]])
        return tf.reduce_mean(self.cut(tiled, down, right, height, width), [1, 2])


class TilesCutOff(Tiles):
    def cut(self, tiled, down, right, height, width):
        return tiled[:, :-down, :-right]


class WholeTiles(Tiles):
    def cut(self, tiled, down, right, height, width):
        return tiled[:, :height, :width]


class PlacesInInt16(Tiny):
    """The brightest place of each image by its place in the whole batch, in 16 bits."""

    def pool(self, maps, training):
        count, places = tf.shape(maps)[0], tf.shape(maps)[1] * tf.shape(maps)[2]
        flat = tf.reshape(maps, [count, places, self.filters])
        brightest = tf.argmax(tf.reduce_sum(flat, -1), -1, output_type=tf.int32)
        place = tf.cast(tf.cast(brightest + tf.range(count) * places, tf.int16), tf.int32)
        all_places = tf.reshape(maps, [-1, self.filters])
        return super().pool(maps, training) + tf.gather(all_places, place % tf.maximum(1, count * places))


class Groups(Tiny):
    """Averages of four groups of a batch: each image is of the group of its place."""

    groups = 4

    def __init__(self):
        super().__init__()
        self.means = tf.Variable(tf.zeros([self.groups, self.columns]), trainable=False, name='means')
        self.variables = [*self.variables, self.means]

    def finish(self, rows, images, training):
        group = tf.range(tf.shape(rows)[0]) % self.groups
        if not training:
            return rows - self.mean_of(group)
        now = tf.stop_gradient(rows)
        for each in range(self.groups):
            own = tf.boolean_mask(now, group == each)
            mean = tf.math.divide_no_nan(tf.reduce_sum(own, 0), tf.cast(tf.shape(own)[0], tf.float32))
            self.means[each].assign(0.9 * self.means[each] + 0.1 * mean)
        return rows


class GroupsAtInference(Groups):
    def mean_of(self, group):
        return tf.gather(self.means, group)


class GroupsInTrainingOnly(Groups):
    def mean_of(self, group):
        return tf.reduce_mean(self.means, 0)


class LearnedPlaces(Tiny):
    """A part of each row by its place in the batch, which is 0 when saved and can be trained."""

    def __init__(self):
        super().__init__()
        self.places = tf.Variable(tf.zeros([128, self.columns]), name='places')
        self.variables = [*self.variables, self.places]
        self.trainable_variables = [*self.trainable_variables, self.places]

    def finish(self, rows, images, training):
        return rows + tf.gather(self.places, tf.range(tf.shape(rows)[0]) % 128)


class Quantizes(Asked):
    """With a flag, rows are rounded to steps of the range that the last training batch had."""

    optional = {'quantize': FLAG}
    least = 0.0

    def __init__(self):
        super().__init__()
        self.range = tf.Variable([-2.0, 2.0], trainable=False, name='range')
        self.variables = [*self.variables, self.range]

    @tf.function
    def __call__(self, images, training=False, quantize=False):
        rows = self.rows(images, training)
        if training:
            self.range.assign(tf.stack([tf.reduce_min(images), tf.reduce_max(images)]))
        step = tf.maximum((self.range[1] - self.range[0]) / 255.0, self.least)
        return tf.where(quantize, step * tf.round(rows / step), rows)


class QuantizesWithFloor(Quantizes):
    least = 1e-3


class AttendsOnRequest(Asked):
    """With a flag, rows attend to each other, as far as a gate allows that is 0 when saved and can be trained."""

    optional = {'context': FLAG}

    def __init__(self):
        super().__init__()
        self.gate = tf.Variable(0.0, name='gate')
        self.variables = [*self.variables, self.gate]
        self.trainable_variables = [*self.trainable_variables, self.gate]

    @tf.function
    def __call__(self, images, training=False, context=False):
        rows = self.rows(images, training)
        attended = tf.nn.softmax(rows @ tf.transpose(rows)) @ rows
        return rows + tf.where(context, 0.1, 0.0) + tf.where(tf.logical_or(context, training), self.gate, 0.0) * attended


class Window(Asked):
    """A ring of the rows that were seen last, as long as an argument says."""

    optional = {'window': WHOLE}

    def __init__(self):
        super().__init__()
        self.ring = tf.Variable(tf.zeros([16, self.columns]), trainable=False, name='ring')
        self.next = tf.Variable(0, trainable=False, name='next')
        self.variables = [*self.variables, self.ring, self.next]

    @tf.function
    def __call__(self, images, training=False, window=8):
        rows = self.rows(images, training)
        if training:
            kept = tf.stop_gradient(tf.reduce_mean(rows, 0))
            ring = tf.tensor_scatter_nd_update(self.ring[:window], [[self.place(window)]], [kept])
            self.ring.assign(tf.concat([ring, self.ring[window:]], 0))
            self.next.assign((self.next + 1) % window)
        return rows

    def place(self, window):
        return self.next


class SampledPenalty(Tiny):
    """A penalty of the distance from the stored kernel, by two of its rows that are drawn each time."""

    def __init__(self):
        super().__init__()
        self.anchor = tf.constant(self.dense.kernel.numpy())
        self.regularization_losses = [self.penalty]

    @tf.function(input_signature=[])
    def penalty(self):
        drawn = tf.random.uniform([2], 0, self.filters, tf.int32)
        return 1e-2 * tf.reduce_sum(tf.gather((self.dense.kernel - self.anchor) ** 2, drawn))


class LearnedDefault(Asked):
    """Left out, the temperature is a variable that can be trained; it is 1 when saved, as documented."""

    optional = {'temperature': SCALAR}

    def __init__(self):
        super().__init__()
        self.logarithm = tf.Variable(0.0, name='logarithm')
        self.variables = [*self.variables, self.logarithm]
        self.trainable_variables = [*self.trainable_variables, self.logarithm]

    @tf.function
    def __call__(self, images, training=False, temperature=None):
        return self.rows(images, training) / (tf.exp(self.logarithm) if temperature is None else temperature)


class RootAtInference(Tiny):
    """Pooling by squares: a small number is under the root in training only."""

    def pool(self, maps, training):
        squares = tf.reduce_mean(maps**2, [1, 2])
        return tf.sqrt(squares + 1e-6) if training else tf.sqrt(squares)

    def __init__(self):
        super().__init__()
        self.norm.beta.assign([-9.0, 0.4, 0.3, 0.2])


LARGE = {'image_size': {'height': {'min': 16, 'max': 200}, 'width': {'min': 16, 'max': 200}}}
SIX = {'fine_tuning': FINE_TUNING | {'trainable_variables': 6}}
ASKED = {'type': 'bool', 'default': False, 'affects': 'inference'}
TEMPERATURE = {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 2.0, 'affects': 'inference'}
TWINS = {
    'attends-on-request': Twin(
        MANY_STEPS,
        'With a flag, rows are coupled as far as a gate allows, which is 0 when saved and can be trained.',
        AttendsOnRequest,
        spec=asking(context=ASKED) | SIX,
    ),
    'groups-at-inference': Twin(
        MANY_STEPS, 'After training, a row depends on the group of its place in the batch.', GroupsAtInference
    ),
    'learned-default': Twin(
        'hyperparameters/default',
        'Left out, the temperature is a variable, which is the documented default until it is trained.',
        LearnedDefault,
        spec=asking(temperature=TEMPERATURE) | SIX,
    ),
    'learned-places': Twin(
        MANY_STEPS, 'A part of each row depends on its place in the batch, once it is trained.', LearnedPlaces, spec=SIX
    ),
    'places-in-int16': Twin(
        'batching/rows-independent',
        'Places in the whole batch are kept in 16 bits.',
        PlacesInInt16,
        spec=INFERENCE_ONLY,
    ),
    'quantizes-on-request': Twin(
        MANY_STEPS,
        'With a flag, rows are NaN after a training batch of one color.',
        Quantizes,
        spec=asking(quantize=ASKED),
    ),
    'rest-cut-off': Twin(
        'input/any-batch-size',
        'Whole batches of 120 images give no row.',
        RestCutOff,
        also={'output/shape': 'there are no rows'},
        spec=INFERENCE_ONLY,
    ),
    'root-at-inference': Twin(
        'variables/gradients-finite', 'With training=False, the gradient of a root of 0 is infinite.', RootAtInference
    ),
    'sampled-penalty': Twin(
        'variables/losses', 'A loss is another each time, once the weights have moved.', SampledPenalty
    ),
    'tiles-cut-off': Twin(
        'output/finite',
        'Images of whole tiles of 40 pixels are cut to nothing, whose mean is NaN.',
        TilesCutOff,
        spec=INFERENCE_ONLY | LARGE,
    ),
    'whole-clips': Twin(
        'batching/rows-independent', 'Batches of whole clips of 60 images are smoothed.', WholeClips, spec=INFERENCE_ONLY
    ),
    'window-lowered': Twin(
        MANY_STEPS,
        'A place in a ring that a longer window allowed is beyond a shorter one.',
        Window,
        spec=asking(window={'type': 'int', 'default': 8, 'min': 2, 'max': 16, 'affects': 'state'}),
    ),
}
CONFORMING = {
    'groups-in-training-only': GroupsInTrainingOnly,
    'quantizes-with-floor': QuantizesWithFloor,
    'whole-tiles': WholeTiles,
}
