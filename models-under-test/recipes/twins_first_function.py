"""Twins of which one concrete function of several is at fault."""

import tensorflow as tf

from .tiny import Tiny
from .twin import Twin
from .twins_contents import IN_TRAINING

FAMILY = 'Certain images, numbers of images or concrete functions only'


class FirstFunction(Tiny):
    """A first concrete function of its own, for 32×32."""

    first = tf.TensorSpec([None, 32, 32, 3], tf.float32, name='images')

    @tf.function
    def __call__(self, images, training=False):
        rows = self.rows(images, training)
        return self.special(rows) if images.shape[1] == 32 else rows

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(self.first, training=training)
            self.__call__.get_concrete_function(self.images, training=training)


class SmokeTestFirst(FirstFunction):
    """Pools over as many places as the images had when it was traced."""

    def special(self, rows):
        return rows

    def pool(self, maps, training):
        height, width = (maps.shape[axis] or tf.shape(maps)[axis] for axis in (1, 2))
        places = tf.reshape(maps, [-1, height * width, self.filters])
        return tf.reduce_sum(places, 1) / tf.cast(height * width, tf.float32)


class GeneralFirst(SmokeTestFirst):
    """Sound: the function for images of any size comes first."""

    def trace(self):
        for spec in (self.images, self.first):
            for training in (False, True):
                self.__call__.get_concrete_function(spec, training=training)


class FirstFunctionIsFloat16(FirstFunction):
    def special(self, rows):
        return tf.cast(rows, tf.float16)


class FirstFunctionIsWider(FirstFunction):
    def special(self, rows):
        return tf.concat([rows, rows[:, :1]], 1)


class FirstFunctionCouplesRows(FirstFunction):
    def special(self, rows):
        return rows + 1e-3 * tf.reduce_mean(rows, 0)


class FirstFunctionIsADict(FirstFunction):
    def special(self, rows):
        return {'rows': rows}


class FunctionForFour(FirstFunction):
    """For batches of four, of any size."""

    first = tf.TensorSpec([4, None, None, 3], tf.float32, name='images')

    @tf.function
    def __call__(self, images, training=False):
        rows = self.rows(images, training)
        return tf.math.log(rows - tf.reduce_min(rows, 1, keepdims=True)) if images.shape[0] == 4 else rows


COUPLED = {'batching/rows-independent': 'a row among four images is another'}


TWINS = {
    'first-function-couples-rows': Twin(
        'batching/rows-independent',
        'The concrete function for 32×32 adds a thousandth of the mean row.',
        FirstFunctionCouplesRows,
    ),
    'first-function-is-a-dict': Twin(
        'signature/one-tensor',
        'The concrete function for 32×32 returns a dict.',
        FirstFunctionIsADict,
        also=IN_TRAINING,
    ),
    'first-function-is-float16': Twin(
        'output/dtype', 'The concrete function for 32×32 gives float16.', FirstFunctionIsFloat16, also=IN_TRAINING
    ),
    'first-function-is-wider': Twin(
        'output/shape',
        'The concrete function for 32×32 gives 7 columns.',
        FirstFunctionIsWider,
        also=IN_TRAINING | {'output/same-width-at-every-size': 'other sizes give 6'},
    ),
    'function-for-four': Twin(
        'output/finite', 'The concrete function for four images takes a logarithm of 0.', FunctionForFour, also=IN_TRAINING | COUPLED
    ),
}
