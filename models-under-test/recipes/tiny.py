"""The tiny reusable model that most recipes change in one place."""

import tensorflow as tf

from .layers import BatchNorm, Convolution, Dense, Draw, decay

IMAGES = tf.TensorSpec([None, None, None, 3], tf.float32, name='images')
SCALAR = tf.TensorSpec([], tf.float32)


class Reusable(tf.Module):
    """A root object of the reusable SavedModel API.

    tf.Module's own `variables` and `trainable_variables` are properties, which a
    SavedModel does not keep; here they become attributes, which it does.
    """

    variables = ()
    trainable_variables = ()
    regularization_losses = ()

    def list_variables(self, *parts):
        """Fills both lists with the variables of the given layers."""
        self.variables = [v for part in parts for v in part.variables]
        self.trainable_variables = [v for v in self.variables if v.trainable]


class Tiny(Reusable):
    """Convolution, batch norm, ReLU, mean over the pixels, dense. A recipe overrides one step.

    Any size from 4×4; 6 columns; 7 variables, of which 5 can be trained; 1 regularization loss.
    """

    columns = 6
    images = IMAGES
    channels = 3
    filters = 4

    def __init__(self, seed=1):
        super().__init__(name='tiny')
        draw = Draw(seed)
        self.convolution = Convolution(draw, self.channels, self.filters, stride=2)
        self.norm = BatchNorm(draw, self.filters)
        self.dense = Dense(draw, self.inputs_of_dense(), self.columns)
        self.list_variables(self.convolution, self.norm, self.dense)
        self.regularization_losses = [decay(self.convolution.kernel)]

    def inputs_of_dense(self):
        return self.filters

    @tf.function
    def __call__(self, images, training=False):
        return self.finish(self.rows(images, training), images, training)

    def rows(self, images, training):
        maps = self.convolution(self.prepare(images, training))
        maps = tf.nn.relu(self.norm(maps, training))
        return self.dense(self.pool(maps, training))

    def prepare(self, images, training):
        return images

    def pool(self, maps, training):
        return tf.reduce_mean(maps, [1, 2])

    def finish(self, rows, images, training):
        return rows

    def trace(self):
        """Traces `__call__` for every way in which it is to be called."""
        for training in (False, True):
            self.__call__.get_concrete_function(self.images, training=training)
