"""Conforming models that are unusual inside: captures, arguments, sizes, and shapes of the output."""

import pathlib
import tempfile

import tensorflow as tf

from .layers import BatchNorm, Convolution, Dense, Draw, decay
from .saving import save
from .tiny import IMAGES, SCALAR, Reusable, Tiny


class OddCaptures(Tiny):
    """The call captures a constant, two lookup tables and an asset; two of its variables share a name."""

    def __init__(self):
        super().__init__(seed=31)
        self.shift = tf.Variable([0.5] * 6, name='offset')
        self.scale = tf.Variable([1.5] * 6, name='offset')
        self.variables.extend([self.shift, self.scale])
        self.trainable_variables.extend([self.shift, self.scale])
        self.constant = tf.constant(Draw(32).normal(6))
        self.ranks = tf.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(
                tf.range(6, dtype=tf.int64), tf.constant([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
            ),
            -1.0,
        )
        self.words = tf.lookup.StaticHashTable(
            tf.lookup.TextFileInitializer(
                vocabulary(),
                tf.string,
                tf.lookup.TextFileIndex.WHOLE_LINE,
                tf.int64,
                tf.lookup.TextFileIndex.LINE_NUMBER,
            ),
            -1,
        )

    def finish(self, rows, images, training):
        ranks = self.ranks.lookup(tf.range(6, dtype=tf.int64))
        word = tf.cast(self.words.lookup(tf.constant(['house', 'absent'])), tf.float32)
        return (rows + self.constant) * self.scale + self.shift + ranks + tf.reduce_sum(word)


def vocabulary():
    """A text file whose contents, not whose place, end up in the SavedModel."""
    path = pathlib.Path(tempfile.gettempdir()) / 'vocabulary.txt'
    path.write_text('tree\nhouse\nriver\n')
    return str(path)


class TensorTrainingFlag(Tiny):
    """`training` is a bool tensor: one concrete function, and a tf.cond inside it."""

    @tf.function
    def __call__(self, images, training=False):
        return tf.cond(training, lambda: self.rows(images, True), lambda: self.rows(images, False))

    def trace(self):
        self.__call__.get_concrete_function(self.images, training=tf.TensorSpec([], tf.bool))


class KeywordOnly(Tiny):
    """Everything but the images must be named."""

    @tf.function
    def __call__(self, images, *, training=False, output_scale=1.0):
        return self.rows(images, training) * output_scale

    def trace(self):
        for training in (False, True):
            for scale in ({}, {'output_scale': SCALAR}):
                self.__call__.get_concrete_function(self.images, training=training, **scale)


class SharedLayers(Reusable):
    """Layers in lists, dicts and modules; one convolution is called twice."""

    def __init__(self):
        super().__init__(name='shared_layers')
        draw = Draw(33)
        self.stem = Convolution(draw, 3, 4, stride=2)
        self.blocks = [ResidualBlock(draw), ResidualBlock(draw)]
        self.shared = Convolution(draw, 4, 4)
        self.heads = {'main': Dense(draw, 4, 3), 'other': Dense(draw, 4, 3)}
        self.alias = self.blocks[0]
        self.list_variables(self.stem, *self.blocks, self.shared, *self.heads.values())
        self.regularization_losses = [decay(block.convolution.kernel) for block in self.blocks]

    @tf.function
    def __call__(self, images, training=False):
        maps = self.stem(images)
        for block in self.blocks:
            maps = self.shared(block(maps, training))
        rows = tf.reduce_mean(maps, [1, 2])
        return tf.concat([self.heads['main'](rows), self.heads['other'](rows)], axis=1)

    trace = Tiny.trace
    images = IMAGES


class ResidualBlock(tf.Module):
    """Convolution, batch norm, and the input added back."""

    def __init__(self, draw):
        super().__init__(name='residual_block')
        self.convolution = Convolution(draw, 4, 4)
        self.norm = BatchNorm(draw, 4)

    def __call__(self, maps, training):
        return maps + tf.nn.relu(self.norm(self.convolution(maps), training))


class SeededDropout(Tiny):
    """Dropout before the last layer, from a generator whose state is a variable."""

    def __init__(self):
        super().__init__(seed=34)
        self.generator = tf.random.Generator.from_seed(34)
        self.variables.append(self.generator.state)

    def pool(self, maps, training):
        rows = tf.reduce_mean(maps, [1, 2])
        if not training:
            return rows
        kept = self.generator.uniform(tf.shape(rows)) > 0.25
        return tf.where(kept, rows / 0.75, 0.0)


class InferenceOnly(Tiny):
    """Takes images and nothing else; lists its variables, and none as trainable."""

    def __init__(self):
        super().__init__(seed=35)
        del self.trainable_variables, self.regularization_losses

    @tf.function
    def __call__(self, images):
        return self.rows(images, training=False)

    def trace(self):
        self.__call__.get_concrete_function(self.images)


class SizesFrom75(Tiny):
    """Valid padding and a large window: below 75 pixels it fails, and above 96 it refuses."""

    def __init__(self):
        super().__init__(seed=36)
        self.convolution.padding = 'VALID'

    def prepare(self, images, training):
        tf.debugging.assert_less_equal(tf.reduce_max(tf.shape(images)[1:3]), 96, 'images larger than 96 pixels')
        return images

    def pool(self, maps, training):
        return tf.reduce_mean(tf.nn.max_pool2d(maps, 37, 1, 'VALID'), [1, 2])


class SparseFeatures(Tiny):
    """ReLU features, most of them exactly zero for most images."""

    columns = 24

    def finish(self, rows, images, training):
        return tf.nn.relu(rows - 0.6)


class UnitFeatures(Tiny):
    """Every row has length 1."""

    def finish(self, rows, images, training):
        return tf.nn.l2_normalize(rows, axis=1)


class NegativeFeatures(Tiny):
    """All features are below zero, and the last is the same for every image."""

    def finish(self, rows, images, training):
        return tf.concat([-tf.nn.softplus(rows), -tf.ones_like(rows[:, :1])], axis=1)


class ResizesInside(Tiny):
    """Any size: the model resizes to 16×16, and reads the pixels in place."""

    def inputs_of_dense(self):
        return 8 * 8 * 4

    def prepare(self, images, training):
        return tf.image.resize(images, [16, 16])

    def pool(self, maps, training):
        return tf.reshape(maps, [-1, self.inputs_of_dense()])


class ExplicitPadding(Tiny):
    """The convolution is padded by numbers of its own, as those that come from PyTorch are."""

    def rows(self, images, training):
        paddings = [[0, 0], [1, 2], [2, 1], [0, 0]]
        maps = tf.nn.conv2d(images, self.convolution.kernel, 2, paddings)
        return self.dense(self.pool(tf.nn.relu(self.norm(maps, training)), training))


class GeneralConvolution(Tiny):
    """Images are blurred by `Conv`, an operation that TensorFlow 2.12 does not have."""

    def prepare(self, images, training):
        blur = tf.eye(3, batch_shape=[3, 3]) / 9.0
        blurred = tf.raw_ops.Conv(input=images, filter=blur, strides=[1, 1, 1, 1], padding='SAME')
        return tf.stop_gradient(blurred)


class ShortIndices(Tiny):
    """Only the three largest values of a row are kept; their places are int16, for which `TopKV2` of 2.12 has no attribute."""

    def finish(self, rows, images, training):
        places = tf.math.top_k(rows, 3, index_type=tf.int16).indices
        kept = tf.one_hot(tf.cast(places, tf.int32), self.columns)
        return rows * tf.reduce_sum(kept, axis=1)


class BareFunction(InferenceOnly):
    """`__call__` is one concrete function, without a Python signature around it."""

    def trace(self):
        self.__call__ = self.__call__.get_concrete_function(self.images)


class PrunedCall(InferenceOnly):
    """`__call__` was cut out of a graph of TensorFlow 1, which names its argument; the files have no signature of it."""

    def trace(self):
        pictures = tf.TensorSpec(self.images.shape, tf.float32, name='pictures')
        graph = tf.compat.v1.wrap_function(lambda pictures: self.rows(pictures, training=False), [pictures])
        self.__call__ = graph.prune(graph.inputs[:1], graph.outputs[0])


class OneClass(Tiny):
    """A single logit."""

    columns = 1


class TwoClasses(Tiny):
    """Two logits that are the negative of each other."""

    columns = 1

    def finish(self, rows, images, training):
        return tf.concat([rows, -rows], axis=1)


def signature_endpoint(folder):
    """No `__call__`: a signature with two outputs, `logits` and `features`."""
    tiny = OneClass(seed=37)
    root = Reusable()
    root.layers = [tiny.convolution, tiny.norm, tiny.dense]
    root.variables = list(tiny.variables)

    @tf.function(input_signature=[IMAGES])
    def serve(images):
        rows = tiny.rows(images, training=False)
        return {'logits': tf.concat([rows, -rows], axis=1), 'features': rows}

    save(root, folder, signatures={'serving_default': serve})


class RoundsToBytes(Tiny):
    """The images are rounded to 256 levels, and their brightness in bytes is added after a division by 255."""

    def prepare(self, images, training):
        return tf.round(images * 255.0) / 255.0

    def finish(self, rows, images, training):
        return rows + tf.reduce_mean(images / 255.0, [1, 2, 3])[:, tf.newaxis]
