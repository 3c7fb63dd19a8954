"""Twins of which one concrete function of several is at fault."""

import tensorflow as tf

from .layers import Draw
from .tiny import Tiny
from .twin import LOGITS, Twin
from .twins_contents import IN_TRAINING

FAMILY = 'Certain images, numbers of images or concrete functions only'


class FirstFunction(Tiny):
    """A first concrete function of its own, for 32×32."""

    first = tf.TensorSpec([None, 32, 32, 3], tf.float32, name='images')

    def trained(self, value, name):
        """One more trainable variable."""
        variable = tf.Variable(value, name=name)
        self.variables.append(variable)
        self.trainable_variables.append(variable)
        return variable

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


class GeneralSecond(FirstFunction):
    """The first function is for images of the smallest size, and sound; the general one comes second."""

    first = tf.TensorSpec([None, 16, 16, 3], tf.float32, name='images')

    @tf.function
    def __call__(self, images, training=False):
        self.is_first = images.shape[1] == 16
        rows = self.rows(images, training)
        return rows if self.is_first else self.general(rows, images, training)

    def general(self, rows, images, training):
        return rows


class SecondFunctionCouplesMany(GeneralSecond):
    def general(self, rows, images, training):
        return tf.cond(tf.shape(rows)[0] > 40, lambda: rows - tf.reduce_mean(rows, 0), lambda: rows)


class SecondFunctionFailsForBlack(GeneralSecond):
    def general(self, rows, images, training):
        return rows + 0 * tf.math.log(tf.reduce_max(images, [1, 2, 3])[:, None])


class SecondFunctionForgetsTraining(GeneralSecond):
    def rows(self, images, training):
        return super().rows(images, training and self.is_first)


class SecondFunctionStopsGradients(GeneralSecond):
    def general(self, rows, images, training):
        return tf.stop_gradient(rows) if training else rows


class SecondFunctionTakesRootOfZero(GeneralSecond):
    def general(self, rows, images, training):
        return rows + tf.sqrt(tf.reduce_sum((self.dense.kernel - self.dense.kernel) ** 2))


class SecondFunctionCounts(GeneralSecond):
    def __init__(self):
        super().__init__()
        self.steps = tf.Variable(0.0, trainable=False)
        self.variables.append(self.steps)

    def general(self, rows, images, training):
        if training:
            self.steps.assign_add(1.0)
        return tf.where(self.steps > 60, float('nan'), rows)


class FirstFunctionGivesProbabilities(FirstFunction):
    def special(self, rows):
        return tf.nn.softmax(rows)


class PlacesForEachSize(GeneralSecond):
    """Sound: a trained map of places is added as it is at the smallest size, and resized at others."""

    def __init__(self):
        super().__init__()
        self.places = self.trained(Draw(9).normal(1, 8, 8, 4), 'places')

    def pool(self, maps, training):
        places = self.places if self.is_first else tf.image.resize(self.places, tf.shape(maps)[1:3])
        return super().pool(tf.nn.relu(maps + places), training)


class ScaleOfLargeImages(GeneralSecond):
    """Sound: a trained scale that only the function for larger images uses; it stops the gradient of a share of the rows."""

    def __init__(self):
        super().__init__()
        self.scale = self.trained([1.1] * 6, 'scale')

    def general(self, rows, images, training):
        return rows * self.scale + 0.5 * tf.stop_gradient(rows)


class ScaleOfOneSize(FirstFunction):
    """Sound: a trained scale that only the function for 32×32 uses."""

    def __init__(self):
        super().__init__()
        self.scale = self.trained([1.1] * 6, 'scale')

    def special(self, rows):
        return rows * self.scale


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
    'first-function-gives-probabilities': Twin(
        'classification/linear-scores',
        'The concrete function for 32×32 gives softmax probabilities.',
        FirstFunctionGivesProbabilities,
        spec=LOGITS,
    ),
    'second-function-counts': Twin(
        'training/many-steps', 'Beyond 16×16, the 61st training call gives NaN.', SecondFunctionCounts
    ),
    'second-function-couples-many': Twin(
        'batching/rows-independent', 'Beyond 16×16, batches of more than 40 images are centered.', SecondFunctionCouplesMany
    ),
    'second-function-fails-for-black': Twin(
        'output/finite',
        'Beyond 16×16, a black image gives NaN.',
        SecondFunctionFailsForBlack,
    ),
    'second-function-forgets-training': Twin(
        'training/has-effect', 'Beyond 16×16, training is inference.', SecondFunctionForgetsTraining
    ),
    'second-function-stops-gradients': Twin(
        'variables/gradients-reach', 'Beyond 16×16, training stops the gradient of the output.', SecondFunctionStopsGradients
    ),
    'second-function-takes-root-of-zero': Twin(
        'variables/gradients-finite',
        'Beyond 16×16, a distance of 0 is added, whose root has an infinite derivative.',
        SecondFunctionTakesRootOfZero,
    ),
}
# Sound, but for the warning of keras/layer-loads: a function for one size comes before the general one.
NEIGHBORS = {
    'places-for-each-size': PlacesForEachSize,
    'scale-of-large-images': ScaleOfLargeImages,
    'scale-of-one-size': ScaleOfOneSize,
}
