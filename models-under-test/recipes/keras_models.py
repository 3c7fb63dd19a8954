"""Models written with Keras 2 and Keras 3, saved in the ways people save them."""


import keras
import tensorflow as tf

from .layers import Draw, decay
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
  draw = Draw(21)
  model.set_weights([fitting(draw, weight.shape) for weight in model.weights])
  return model


def fitting(draw, shape):
  """Random weights; vectors are positive, so that they may be variances."""
  return draw.uniform(*shape, low=0.2, high=1.0) if len(shape) == 1 else draw.normal(*shape, scale=0.3)


class Keras3Reusable(Reusable):
  """A Keras 3 model behind a root of its own: what to do, since Keras 3 saves no `__call__`."""

  def __init__(self):
    super().__init__(name='keras3_reusable')
    model = small_network(keras)
    self.model = NoTracking(model)
    self.variables = [weight.value for weight in model.weights]
    self.trainable_variables = [weight.value for weight in model.trainable_weights]
    self.regularization_losses = [decay(model.layers[2].kernel.value)]

  @tf.function
  def __call__(self, images, training=False):
    return self.model.inner(images, training=training)

  def trace(self):
    for training in (False, True):
      self.__call__.get_concrete_function(IMAGES, training=training)


class NoTracking:
  """Keeps a Keras model out of the SavedModel's object graph; its variables are listed on the root."""

  def __init__(self, inner):
    self.inner = inner
