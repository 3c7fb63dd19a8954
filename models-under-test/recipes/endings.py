"""Classifiers that differ only in what they make of their maps: the ways in which scores end, sound and not."""

import tensorflow as tf

from .layers import Draw
from .tiny import Tiny


class Ending(Tiny):
    """`ending(model, maps)` gives the scores; maps are [batch, height, width, 4], at least zero.

    `values` become further variables, of which those in `frozen` are not trained.
    """

    def __init__(self, ending, columns=6, frozen=(), **values):
        self.columns = columns
        super().__init__()
        self.ending = ending
        self.values = {n: tf.Variable(value, n not in frozen, name=n) for n, value in values.items()}
        self.variables = [*self.variables, *self.values.values()]
        self.trainable_variables = [v for v in self.variables if v.trainable]
        self.regularization_losses = []

    def rows(self, images, training):
        return self.ending(self, tf.nn.relu(self.norm(self.convolution(images), training)))

    def trace(self):
        self.__call__.get_concrete_function(self.images)


def after(function, scale=4.0):
    """An ending that applies a function to the logits, which are made larger so that they spread."""
    return lambda model, maps: function(scale * logits(model, maps))


def logits(model, maps):
    return model.dense(tf.reduce_mean(maps, [1, 2]))


def places(model, maps):
    """Logits of each place, [batch, height, width, columns]."""
    return 4.0 * model.dense(maps)


def views(model, maps):
    """Logits of two views of an image: its upper and its lower half."""
    middle = tf.shape(maps)[1] // 2
    return [4.0 * logits(model, half) for half in (maps[:, :middle], maps[:, middle:])]


def second(seed=2, columns=6):
    """Values for a second dense layer, as `Ending` takes them: `gate_kernel` and `gate_bias`."""
    draw = Draw(seed)
    return {'gate_kernel': draw.normal(4, columns, scale=0.5), 'gate_bias': draw.normal(columns, scale=0.1)}


def other(model, maps):
    """What the second dense layer makes of the maps."""
    return tf.matmul(tf.reduce_mean(maps, [1, 2]), model.values['gate_kernel']) + model.values['gate_bias']
