"""Models written with Keras 2 and Keras 3, saved as people usually save them."""

import keras
import tensorflow as tf

from .layers import Draw, decay
from .pixels import noise
from .saving import clear, settle
from .tiny import IMAGES, Reusable


def keras2_features(folder):
    """A Keras 2 functional model, saved by `model.save`, which writes `__call__` and the lists itself."""
    import tf_keras

    model = small_network(tf_keras)
    clear(folder)
    model.save(folder, save_format='tf', include_optimizer=False)
    settle(folder)


def small_network(keras):
    """Rescaling, convolution, batch norm, ReLU, global mean, dense: 6 columns, any size."""
    layers = keras.layers
    images = keras.Input([None, None, 3], name='images')
    maps = layers.Rescaling(2.0, -1.0)(images)
    maps = layers.Conv2D(4, 3, 2, use_bias=False, kernel_regularizer=keras.regularizers.L2(1e-3))(maps)
    maps = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(maps))
    rows = layers.Dense(6)(layers.GlobalAveragePooling2D()(maps))
    model = keras.Model(images, rows, name='small_network')
    redraw(model, Draw(21))
    return model


def keras2_augmented(folder):
    """Augmentation, whose generators Keras 2 does not list, and a layer normalisation, which it computes by a batch norm."""
    import tf_keras

    layers = tf_keras.layers
    images = tf_keras.Input([None, None, 3], name='images')
    maps = layers.RandomBrightness(0.2, (0.0, 1.0))(layers.RandomFlip()(images))
    maps = layers.LayerNormalization()(layers.Conv2D(6, 3, 2)(layers.Resizing(24, 24)(maps)))
    maps = layers.SpatialDropout2D(0.2)(layers.Activation('gelu')(maps))
    rows = layers.Dense(6)(layers.GlobalAveragePooling2D()(maps))
    model = tf_keras.Model(images, rows, name='augmented')
    redraw(model, Draw(22))
    clear(folder)
    model.save(folder, save_format='tf', include_optimizer=False)
    settle(folder)


def keras3_attention():
    """Attention, in which the bias of the keys cancels, with dropout, whose seeds are no weights to Keras 3."""
    layers = keras.layers
    images = keras.Input([None, None, 3], name='images')
    patches = layers.Conv2D(8, 8, 8, padding='same')(images)
    tokens = layers.Reshape([-1, 8])(patches)
    tokens += layers.MultiHeadAttention(2, 4, dropout=0.1)(tokens, tokens)
    rows = layers.GlobalAveragePooling1D()(layers.LayerNormalization()(tokens))
    model = keras.Model(images, layers.Dense(6)(layers.Dropout(0.2)(rows)), name='attention')
    redraw(model, Draw(23))
    root = Keras3Reusable(model)
    root.seeds = [variable.value for variable in model.variables if variable.value.dtype.is_integer]
    return root


def redraw(model, draw):
    values = [variable.numpy() for variable in model.weights]
    weights = [fitting(draw, v.shape) if v.dtype == 'float32' else v for v in values]
    model.set_weights(weights)


def fitting(draw, shape):
    """Random weights; vectors are positive, so that they may be variances."""
    return draw.uniform(*shape, low=0.2, high=1.0) if len(shape) == 1 else draw.normal(*shape, scale=0.3)


class Keras3Reusable(Reusable):
    """A Keras 3 model wrapped in a root object, since Keras 3 saves no `__call__`."""

    def __init__(self, model):
        super().__init__(name='keras3_reusable')
        self.model = Untracked(model)
        self.variables = [weight.value for weight in model.weights]
        self.trainable_variables = [weight.value for weight in model.trainable_weights]
        convolutions = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
        self.regularization_losses = [decay(layer.kernel.value) for layer in convolutions]

    @tf.function
    def __call__(self, images, training=False):
        return self.model.inner(images, training=training)

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(IMAGES, training=training)


class Untracked:
    """Keeps a Keras model out of the SavedModel's object graph; its variables are listed on the root."""

    def __init__(self, inner):
        self.inner = inner


def keras3_reusable():
    return Keras3Reusable(small_network(keras))


def settle_averages(model):
    """Sets the moving averages to the statistics of noise; with those of a new model, 50 layers leave features of 1e-12."""
    norms = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 0.0
    model(noise(8, 96, 96, seed=41), training=True)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
