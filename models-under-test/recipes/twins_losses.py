"""Twins for `variables/losses`."""

import tensorflow as tf

from .tiny import SCALAR, Tiny
from .twin import SOUND, Twin
from .twins_variables import tuning

FAMILY = 'Variables, gradients and losses'


class OneLoss(Tiny):
    """Its regularization loss is `loss(model)`, without arguments."""

    def __init__(self, loss):
        super().__init__()
        self.regularization_losses = [tf.function(lambda: loss(self), input_signature=[])]


class LossWithoutReturn(Tiny):
    def __init__(self):
        super().__init__()

        def loss():
            tf.nn.l2_loss(self.dense.kernel)

        self.regularization_losses = [tf.function(loss, input_signature=[])]


class LossNeedsArgument(Tiny):
    def __init__(self):
        super().__init__()
        self.regularization_losses = [
            tf.function(lambda strength: strength * tf.nn.l2_loss(self.dense.kernel), input_signature=[SCALAR])
        ]


class LossRemembersImage(Tiny):
    """Training stores the mean of the images; the loss adds it."""

    def __init__(self):
        super().__init__()
        self.seen = tf.Variable(0.0, trainable=False, name='seen')
        self.variables.append(self.seen)
        self.regularization_losses = [
            tf.function(lambda: 1e-3 * tf.nn.l2_loss(self.dense.kernel) + self.seen, input_signature=[])
        ]

    def finish(self, rows, images, training):
        if training:
            self.seen.assign(tf.reduce_mean(images))
        return rows


class LossHalves(Tiny):
    """The loss halves with every twentieth training call."""

    def __init__(self):
        super().__init__()
        self.step = tf.Variable(0, trainable=False, name='step')
        self.variables.append(self.step)
        self.regularization_losses = [tf.function(self.loss, input_signature=[])]

    def loss(self):
        return tf.nn.l2_loss(self.dense.kernel) * 0.5 ** tf.cast(self.step // 20, tf.float32)

    def finish(self, rows, images, training):
        if training:
            self.step.assign_add(1)
        return rows


class LossOfSlowCopy(Tiny):
    """The loss holds the kernel to a copy that follows it with each training call, and equals it when saved."""

    def __init__(self):
        super().__init__()
        self.slow = tf.Variable(self.dense.kernel, trainable=False, name='slow')
        self.variables.append(self.slow)
        self.regularization_losses = [
            tf.function(lambda: tf.nn.l2_loss(self.dense.kernel - self.slow), input_signature=[])
        ]

    def finish(self, rows, images, training):
        if training:
            self.follow()
        return rows

    def follow(self):
        self.slow.assign(0.9 * self.slow + 0.1 * self.dense.kernel)


class LossOfFirstKernel(LossOfSlowCopy):
    """The copy is of the kernel as it was saved, and training does not touch it."""

    def follow(self):
        pass


class LossDefaultNotTraced(Tiny):
    """The loss has training=True by default, but was only traced for False."""

    def __init__(self):
        super().__init__()

        @tf.function
        def loss(training=True):
            return 1e-3 * tf.nn.l2_loss(self.dense.kernel) * (1.0 if training else 0.5)

        loss.get_concrete_function(training=False)
        self.regularization_losses = [loss]


TWINS = {
    'loss-count-differs': Twin(
        'variables/losses', 'There is one loss; the spec says two.', None, spec=SOUND | tuning(regularization_losses=2)
    ),
    'loss-default-not-traced': Twin(
        'variables/losses',
        'The loss has an argument whose default was not traced.',
        LossDefaultNotTraced,
        also={'keras/layer-loads': 'Keras calls the loss without arguments'},
    ),
    'loss-in-dictionary': Twin(
        'variables/losses',
        'The loss returns a dictionary with one scalar.',
        lambda: OneLoss(lambda m: {'l2': tf.nn.l2_loss(m.dense.kernel)}),
        also={'keras/layer-loads': 'Keras makes a tensor of each loss'},
    ),
    'loss-in-list': Twin(
        'variables/losses',
        'The loss returns a list with one scalar.',
        lambda: OneLoss(lambda m: [tf.nn.l2_loss(m.dense.kernel)]),
    ),
    'loss-is-float64': Twin(
        'variables/losses',
        'The loss is float64.',
        lambda: OneLoss(lambda m: tf.cast(tf.nn.l2_loss(m.dense.kernel), tf.float64)),
    ),
    'loss-needs-argument': Twin(
        'variables/losses',
        'The loss takes an argument.',
        LossNeedsArgument,
        also={'keras/layer-loads': 'Keras calls the loss without arguments'},
    ),
    'loss-of-shape-one': Twin(
        'variables/losses',
        'The loss has shape [1].',
        lambda: OneLoss(lambda m: tf.nn.l2_loss(m.dense.kernel)[tf.newaxis]),
    ),
    'loss-halves': Twin('variables/losses', 'The loss halves with every twentieth training call.', LossHalves),
    'loss-of-slow-copy': Twin(
        'variables/losses', 'The loss holds a kernel to a copy that training calls move.', LossOfSlowCopy
    ),
    'loss-remembers-image': Twin(
        'variables/losses', 'The loss depends on the images of the last training call.', LossRemembersImage
    ),
    'loss-without-return': Twin('variables/losses', 'The loss returns None.', LossWithoutReturn),
}
