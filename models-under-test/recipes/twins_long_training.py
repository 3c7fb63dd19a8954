"""Twins that only many images show, or many steps with weights that have moved; and sound models that keep such state."""

import tensorflow as tf

from .arguments import Asked, inner_dropout
from .tiny import IMAGES, SCALAR, Tiny
from .twin import FINE_TUNING, Twin
from .twins_sequences import FAMILY, Counts

MANY_STEPS = 'training/many-steps'


class Queue(Tiny):
    """Keeps the features of the images seen last, one after the other; the number of places is a multiple of usual batches."""

    places = 4800

    def __init__(self):
        super().__init__()
        self.queue = tf.Variable(tf.zeros([self.places, self.columns]), trainable=False, name='queue')
        self.next = tf.Variable(0, trainable=False, name='next')
        self.variables = [*self.variables, self.queue, self.next]

    def finish(self, rows, images, training):
        if training:
            self.keep(tf.stop_gradient(rows), self.next.read_value(), tf.shape(rows)[0])
        return rows


class QueueCutOff(Queue):
    """The last batch before the end does not fit."""

    def keep(self, rows, start, count):
        self.queue[start : start + count].assign(rows)
        self.next.assign((start + count) % self.places)


class QueueGoesRound(Queue):
    def keep(self, rows, start, count):
        places = (start + tf.range(count)) % self.places
        self.queue.scatter_nd_update(places[:, tf.newaxis], rows)
        self.next.assign((start + count) % self.places)


class AnnealsByImages(Tiny):
    """Noise becomes less with each image; after 4000, the root of a negative number is taken."""

    def __init__(self):
        super().__init__()
        self.seen = tf.Variable(0.0, trainable=False, name='seen')
        self.variables = [*self.variables, self.seen]

    def pool(self, maps, training):
        if not training:
            return super().pool(maps, training)
        self.seen.assign_add(tf.cast(tf.shape(maps)[0], tf.float32))
        strength = 0.1 * tf.sqrt(self.left())
        return super().pool(maps, training) + strength * tf.random.normal([tf.shape(maps)[0], self.filters])

    def left(self):
        return 1.0 - self.seen / 4000.0


class AnnealsToNothing(AnnealsByImages):
    def left(self):
        return tf.maximum(super().left(), 0.0)


class SumsBytes(Tiny):
    """The brightness of all images is added up in whole numbers of 32 bits, which are soon too large."""

    def __init__(self):
        super().__init__()
        self.total = tf.Variable(127, trainable=False, name='total')
        self.pixels = tf.Variable(1, trainable=False, name='pixels')
        self.variables = [*self.variables, self.total, self.pixels]

    def finish(self, rows, images, training):
        if training:
            values = tf.cast(tf.round(255.0 * images), tf.int32)
            self.total.assign_add(tf.reduce_sum(values))
            self.pixels.assign_add(tf.size(values))
        brightness = tf.cast(self.total, tf.float32) / tf.cast(self.pixels, tf.float32)
        return rows + 0.01 * tf.sqrt(brightness)


class Copies(Counts):
    """Keeps a copy of the last kernel beside it."""

    def __init__(self):
        super().__init__()
        self.copy = tf.Variable(self.dense.kernel, trainable=False, name='copy')
        self.variables = [*self.variables, self.copy]


class AveragedOnceWarm(Copies):
    """Left out, `training` means the average of the kernel, once there were 100 steps; False means the kernel."""

    averaged = True

    @tf.function
    def __call__(self, images, training=None):
        rows = self.rows(images, training)
        if training:
            self.copy.assign_sub(0.01 * (self.copy - self.dense.kernel))
        if training is None and self.averaged:
            return rows + tf.cast(self.step >= 100, tf.float32) * self.difference(images)
        return rows

    def difference(self, images):
        features = self.pool(tf.nn.relu(self.norm(self.convolution(images), None)), None)
        return features @ (self.copy - self.dense.kernel)

    def trace(self):
        super().trace()
        self.__call__.get_concrete_function(self.images)


class AverageKept(AveragedOnceWarm):
    averaged = False


class LooksAhead(Copies):
    """Each fifth training call takes the kernel half the way back to its copy."""

    def finish(self, rows, images, training):
        if training:
            kernel = self.dense.kernel
            tf.cond(self.step % 5 == 0, lambda: kernel.assign(0.5 * (kernel + self.copy)), kernel.read_value)
        return rows


class BiasPulledBack(Counts):
    """Each fiftieth training call takes the bias half the way back to its copy."""

    def __init__(self):
        super().__init__()
        self.copy = tf.Variable(self.dense.bias, trainable=False, name='copy')
        self.variables = [*self.variables, self.copy]

    def finish(self, rows, images, training):
        if training:
            bias = self.dense.bias
            tf.cond(self.step % 50 == 0, lambda: bias.assign(0.5 * (bias + self.copy)), bias.read_value)
        return rows


class AverageSwappedIn(Copies):
    """The first inference after training puts the copy of the kernel in its place."""

    def finish(self, rows, images, training):
        if not training and self.step > 0:
            self.dense.kernel.assign(self.copy)
        return rows


class RateAnneals(Asked):
    """Left out, the rate falls with each step from the documented default."""

    optional = {'dropout_rate': SCALAR}

    def __init__(self):
        super().__init__()
        self.step = tf.Variable(0.0, trainable=False, name='step')
        self.variables = [*self.variables, self.step]

    @tf.function
    def __call__(self, images, training=False, dropout_rate=None):
        self.rate = 0.4 * 0.97**self.step if dropout_rate is None else dropout_rate
        return self.rows(images, training)

    def pool(self, maps, training):
        rows = super().pool(maps, training)
        if not training:
            return rows
        self.step.assign(tf.minimum(self.step + 1.0, 1000.0))
        return inner_dropout(rows, self.rate)

    def trace(self):
        super().trace()
        self.rate = None


class CouplesLargeImagesLate(Counts):
    """After training, inference takes the mean row off the rows of images above 40 pixels."""

    def finish(self, rows, images, training):
        if training:
            return rows
        late = tf.cast((self.step > 0) & self.counts(images), tf.float32)
        return rows - 0.1 * late * tf.reduce_mean(rows, 0)

    def counts(self, images):
        return tf.shape(images)[1] > 40


class CouplesManyImagesLate(CouplesLargeImagesLate):
    """The same for more than 16 images of any size."""

    def counts(self, images):
        return tf.shape(images)[0] > 16


class LossByImages(Counts):
    """The loss is larger once 1000 images were seen."""

    def __init__(self):
        super().__init__()
        self.regularization_losses = [self.loss]

    @tf.function(input_signature=[])
    def loss(self):
        return 1e-3 * tf.reduce_sum(self.dense.kernel**2) * (1.0 + 0.5 * tf.cast(self.step > 1000, tf.float32))

    def prepare(self, images, training):
        if training:
            self.step.assign_add(tf.shape(images)[0])
        return images


class MomentsCancel(Tiny):
    """Averages of the pixels and of their squares: for images of one color, their difference falls below zero by rounding."""

    def __init__(self):
        super().__init__()
        self.first = tf.Variable(tf.zeros(3), trainable=False, name='first')
        self.second = tf.Variable(tf.ones(3), trainable=False, name='second')
        self.variables = [*self.variables, self.first, self.second]

    def prepare(self, images, training):
        if training:
            self.first.assign(0.5 * self.first + 0.5 * tf.reduce_mean(images, [0, 1, 2]))
            self.second.assign(0.5 * self.second + 0.5 * tf.reduce_mean(images**2, [0, 1, 2]))
        return (images - self.first) / tf.sqrt(self.second - self.first**2 - 1e-6)


class BranchWarmsUp(Counts):
    """A branch has no effect until a training call opened its gate."""

    def __init__(self):
        super().__init__()
        self.branch = tf.Variable(0.1 * tf.ones([3, self.columns]), name='branch')
        self.variables = [*self.variables, self.branch]
        self.trainable_variables = [*self.trainable_variables, self.branch]

    def finish(self, rows, images, training):
        gate = tf.minimum(tf.cast(self.step - 1 if training else self.step, tf.float32) / 100.0, 1.0)
        return rows + gate * (tf.reduce_mean(images, [1, 2]) @ self.branch)


RATE = {'dropout_rate': {'type': 'float', 'default': 0.4, 'min': 0.0, 'max': 0.9, 'affects': 'training'}}
TWINS = {
    'anneals-by-images': Twin(MANY_STEPS, 'Noise is the root of a negative number after 4000 images.', AnnealsByImages),
    'averaged-once-warm': Twin(
        MANY_STEPS, 'After 100 steps, the call without `training` uses an average of the weights.', AveragedOnceWarm
    ),
    'average-swapped-in': Twin(
        MANY_STEPS, 'The first inference after training puts an average in the place of a weight.', AverageSwappedIn
    ),
    'bias-pulled-back': Twin(MANY_STEPS, 'Each fiftieth training call takes the bias back to its copy.', BiasPulledBack),
    'couples-large-images-late': Twin(
        MANY_STEPS, 'After training, rows of images above 40 pixels are coupled.', CouplesLargeImagesLate
    ),
    'couples-many-images-late': Twin(
        MANY_STEPS, 'After training, the rows of more than 16 images are coupled.', CouplesManyImagesLate
    ),
    'loss-by-images': Twin('variables/losses', 'A loss is larger once 1000 images were seen.', LossByImages),
    'moments-cancel': Twin(
        MANY_STEPS, 'A variance from two averages is below zero for images of one color.', MomentsCancel
    ),
    'looks-ahead': Twin(MANY_STEPS, 'Each fifth training call takes a weight back to its copy.', LooksAhead),
    'queue-cut-off': Twin(
        MANY_STEPS,
        'A queue of 4800 rows fails where a batch does not end with it.',
        QueueCutOff,
        also={'training/flag-accepted': 'more images at once do not fit into it'},
    ),
    'rate-anneals': Twin(
        'hyperparameters/default',
        'Left out, the dropout rate falls from the documented default with each step.',
        RateAnneals,
        spec={'hyperparameters': RATE},
    ),
    'sums-bytes': Twin(MANY_STEPS, 'Bytes are added up in 32 bits, and become negative.', SumsBytes),
}
CONFORMING = {
    'anneals-to-nothing': AnnealsToNothing,
    'average-kept': AverageKept,
    'branch-warms-up': BranchWarmsUp,
    'queue-goes-round': QueueGoesRound,
}
