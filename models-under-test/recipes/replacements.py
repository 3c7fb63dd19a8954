"""Models that might take the place of another, of tiny-classifier mostly: what `assay compare` must tell apart."""

import keras
import numpy as np
import tensorflow as tf

from .coins import UnfairCoin
from .layers import decay
from .oddities import SeededDropout
from .reusable import TinyClassifier
from .saving import save
from .tiny import IMAGES, SCALAR, Reusable
from .twins_sequences import WarmsUp


class KerasLayers(Reusable):
    """The same weights in layers of Keras 3, which names and computes them in its own way."""

    def __init__(self):
        super().__init__(name='keras_layers')
        old = TinyClassifier()
        self.patches, self.hidden, self.logits = (
            Untracked(with_weights(keras.layers.Dense(layer.kernel.shape[1]), layer.kernel, layer.bias))
            for layer in (old.patches, old.hidden, old.logits)
        )
        norm = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-3)
        self.norm = Untracked(
            with_weights(norm, old.norm.gamma, old.norm.beta, old.norm.moving_mean, old.norm.moving_variance)
        )
        layers = [part.layer for part in (self.patches, self.norm, self.hidden, self.logits)]
        weights = [weight for layer in layers for weight in listed_as_before(layer)]
        self.variables = [weight.value for weight in weights]
        self.trainable_variables = [weight.value for weight in weights if weight.trainable]
        self.regularization_losses = [
            decay(part.layer.kernel.value) for part in (self.hidden, self.logits)
        ]

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        maps = self.patches.layer(tf.nn.space_to_depth(images, 8))
        maps = tf.nn.relu(self.norm.layer(maps, training=training))
        rows = tf.nn.relu(self.hidden.layer(tf.reduce_mean(maps, [1, 2])))
        if training:
            rows = tf.nn.dropout(rows, dropout_rate)
        return self.logits.layer(rows)

    trace = TinyClassifier.trace


class Untracked:
    """Keeps a layer out of the object graph; its variables are listed on the root."""

    def __init__(self, layer):
        self.layer = layer


def listed_as_before(layer):
    """tf.Module lists a layer's variables by their names, Keras in the order in which they were made."""
    return sorted(layer.weights, key=lambda weight: weight.name)


def with_weights(layer, *variables):
    normalizes = isinstance(layer, keras.layers.BatchNormalization)
    layer.build((None, None, None, 8) if normalizes else (None, variables[0].shape[0]))
    layer.set_weights([variable.numpy() for variable in variables])
    return layer


def with_logits(change):
    """tiny-classifier, with the weights of its last layer changed."""

    def make():
        root = TinyClassifier()
        kernel, bias = change(root.logits.kernel.numpy(), root.logits.bias.numpy())
        root.logits.kernel.assign(kernel)
        root.logits.bias.assign(bias)
        return root

    return make


def moved(kernel, bias):
    kernel[3, 2] += 1e-3
    return kernel, bias


def fine_tuned(kernel, bias):
    random = np.random.RandomState(5)
    return kernel + random.normal(size=kernel.shape, scale=0.1), bias + random.normal(size=bias.shape, scale=0.1)


def swapped(kernel, bias):
    order = [0, 3, 2, 1, 4]
    return kernel[:, order], bias[order]


class SixClasses(TinyClassifier):
    """With a row for the background in front."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        rows = super().__call__(images, training, dropout_rate)
        return tf.concat([tf.reduce_mean(rows, 1, keepdims=True), rows], 1)


class RequiredArgument(TinyClassifier):
    """Its scores are divided by a temperature that every call must give."""

    @tf.function
    def __call__(self, images, temperature, training=False, dropout_rate=0.2):
        return super().__call__(images, training, dropout_rate) / temperature

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(IMAGES, SCALAR, training=training)
            self.__call__.get_concrete_function(IMAGES, SCALAR, training=training, dropout_rate=SCALAR)


class OtherDefault(TinyClassifier):
    """More is dropped where nobody says how much."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.5):
        return super().__call__(images, training, dropout_rate)


class OtherOrder(TinyClassifier):
    """The last layer is listed first."""

    def __init__(self):
        super().__init__()
        self.list_variables(self.logits, self.patches, self.norm, self.hidden)


class HalfPrecision(TinyClassifier):
    """The hidden layer is computed in float16."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        maps = tf.nn.space_to_depth(images, 8)
        maps = tf.nn.relu(self.norm(tf.tensordot(maps, self.patches.kernel, 1) + self.patches.bias, training))
        rows = tf.cast(tf.reduce_mean(maps, [1, 2]), tf.float16)
        rows = rows @ tf.cast(self.hidden.kernel, tf.float16) + tf.cast(self.hidden.bias, tf.float16)
        rows = tf.cast(tf.nn.relu(rows), tf.float32)
        if training:
            rows = tf.nn.dropout(rows, dropout_rate)
        return self.logits(rows)


class EndlessForSeven(TinyClassifier):
    """Never returns for seven images."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        rows = super().__call__(images, training, dropout_rate)
        seven = tf.equal(tf.shape(rows)[0], 7)
        turns = tf.while_loop(lambda turn: seven, lambda turn: (turn + 1) % 1000, [tf.constant(0)])[0]
        return rows + tf.cast(turns, tf.float32)


class OverflowsBytes(TinyClassifier):
    """Bright pixels overflow a byte: TensorFlow 2.12 begins again at 0, where later versions stay at 255."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        # The number of values is a multiple of every vector's: the rest behind the last one is cast otherwise.
        resized = tf.image.resize(images, [16, 16])
        bytes_ = tf.cast(tf.stop_gradient(resized) * 300.0, tf.uint8)
        return super().__call__(tf.cast(bytes_, tf.float32) / 255.0, training, dropout_rate)


class HeavierDecay(TinyClassifier):
    """The losses count twice as much."""

    def __init__(self):
        super().__init__()
        self.regularization_losses = [decay(layer.kernel, 2e-3) for layer in (self.hidden, self.logits)]


class DropsMore(TinyClassifier):
    """Half as many again are dropped as the rate says."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        return super().__call__(images, training, 1.5 * dropout_rate)


class DropsNothing(TinyClassifier):
    """The export has lost the dropout."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        return super().__call__(images, training, 0.0 * dropout_rate)


class UnguardedInTraining(TinyClassifier):
    """Training divides by the deviation of each image, which is 0 for flat ones, and takes it back."""

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        rows = super().__call__(images, training, dropout_rate)
        deviation = tf.math.reduce_std(images, [1, 2, 3])[:, None]
        return rows / deviation * deviation if training else rows


class AnotherSeed(SeededDropout):
    """In the place of seeded-dropout: its generator starts elsewhere."""

    rate = 0.25

    def __init__(self):
        super().__init__()
        self.generator.reset_from_seed(99)

    def pool(self, maps, training):
        rows = tf.reduce_mean(maps, [1, 2])
        if not training:
            return rows
        kept = self.generator.uniform(tf.shape(rows)) > self.rate
        return tf.where(kept, rows / (1 - self.rate), 0.0)


class AnotherSeedDropsMore(AnotherSeed):
    rate = 0.5


class AnotherSeedOtherMomentum(AnotherSeed):
    """Another generator excuses no other averages."""

    def __init__(self):
        super().__init__()
        self.norm.momentum = 0.5


class WarmsUpOtherMomentum(WarmsUp):
    """In the place of warms-up, whose counter of steps is no generator: nothing excuses what differs."""

    def __init__(self):
        super().__init__()
        self.norm.momentum = 0.5


class WarmsUpByAThousandth(WarmsUp):
    """Only training gives other rows, by little."""

    def prepare(self, images, training):
        images = super().prepare(images, training)
        return images * 1.001 if training else images


REPLACEMENTS = {
    name: lambda folder, make=make: save(make(), folder)
    for name, make in {
        'keras-layers': KerasLayers,
        'weight-moved': with_logits(moved),
        'head-fine-tuned': with_logits(fine_tuned),
        'classes-swapped': with_logits(swapped),
        'six-classes': SixClasses,
        'required-argument': RequiredArgument,
        'other-default': OtherDefault,
        'other-order': OtherOrder,
        'half-precision': HalfPrecision,
        'heavier-decay': HeavierDecay,
        'drops-more': DropsMore,
        'drops-nothing': DropsNothing,
        'unguarded-in-training': UnguardedInTraining,
        'endless-for-seven': EndlessForSeven,
        'overflows-bytes': OverflowsBytes,
        'another-seed': AnotherSeed,
        'another-seed-drops-more': AnotherSeedDropsMore,
        'another-seed-other-momentum': AnotherSeedOtherMomentum,
        'warms-up-other-momentum': WarmsUpOtherMomentum,
        'unfair-coin': UnfairCoin,
        'warms-up-by-a-thousandth': WarmsUpByAThousandth,
    }.items()
}
