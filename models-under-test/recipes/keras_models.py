"""Models written with Keras 2 and Keras 3, saved in the ways people save them."""

import keras
import tensorflow as tf

from .layers import Draw, decay
from .pixels import noise
from .saving import clear, save, settle
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
    draw = Draw(21)
    model.set_weights([fitting(draw, weight.shape) for weight in model.weights])
    return model


def fitting(draw, shape):
    """Random weights; vectors are positive, so that they may be variances."""
    return draw.uniform(*shape, low=0.2, high=1.0) if len(shape) == 1 else draw.normal(*shape, scale=0.3)


class Keras3Reusable(Reusable):
    """A Keras 3 model behind a root of its own: what to do, since Keras 3 saves no `__call__`."""

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


def mobilenet_v2(folder):
    """MobileNetV2 of keras.applications with random weights, full size, and its spec beside it."""
    keras.utils.set_random_seed(41)
    images = keras.Input([None, None, 3])
    pixels = keras.layers.Rescaling(2.0, -1.0)(images)
    model = keras.applications.MobileNetV2(input_tensor=pixels, include_top=False, pooling='avg', weights=None)
    settle_averages(model)
    root = Keras3Reusable(model)
    save(root, folder)
    folder.with_suffix('.yaml').write_text(
        f'model: {folder.name}\n'
        'api: image-feature-vector\n'
        'image_size: { height: { min: 32, max: 512 }, width: { min: 32, max: 512 }, recommended: [224, 224] }\n'
        'num_features: 1280\n'
        'fine_tuning:\n'
        f'  trainable_variables: {len(root.trainable_variables)}\n'
        '  training_argument: true\n'
        '  training_effects: [batch-norm]\n'
        f'  regularization_losses: {len(root.regularization_losses)}\n'
    )
