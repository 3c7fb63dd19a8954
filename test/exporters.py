"""Exports small models as publishers do, into folders named for the exporter."""

import pathlib
import sys

import keras
import tensorflow as tf

target = pathlib.Path(sys.argv[1])


class Pixels(tf.Module):
    """A method of another name that takes whole numbers, channels first, in a dict."""

    @tf.function(input_signature=[{'image': tf.TensorSpec([None, 3, None, None], tf.uint8)}])
    def embed(self, inputs):
        pixels = tf.cast(inputs['image'], tf.float32) / 255
        return {'embedding': tf.reduce_mean(pixels, [2, 3])}


class OfBytes(tf.Module):
    """A `__call__` that expects bytes; tf.Module's lists are properties, which are not saved."""

    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(tf.random.stateless_normal([3, 6], [1, 2]), name='kernel')

    @tf.function
    def __call__(self, pixels, training=False):
        pooled = tf.reduce_mean(pixels / 255, [1, 2])
        return tf.nn.dropout(pooled, 0.5) @ self.kernel if training else pooled @ self.kernel


images = keras.Input([None, None, 3])
maps = keras.layers.Conv2D(4, 3, kernel_regularizer='l2')(images)
maps = keras.layers.BatchNormalization()(maps)
rows = keras.layers.GlobalAveragePooling2D()(keras.layers.ReLU()(maps))
model = keras.Model(images, keras.layers.Dense(6)(keras.layers.Dropout(0.5)(rows)))
model.save(target / 'file.keras')
model.export(target / 'exported', verbose=False)
tf.saved_model.save(model, str(target / 'saved-object'))
of_bytes = OfBytes()
for training in (False, True):
    of_bytes.__call__.get_concrete_function(tf.TensorSpec([None, None, None, 3]), training=training)
tf.saved_model.save(of_bytes, str(target / 'of-bytes'))
untrained = OfBytes()
untrained.__call__.get_concrete_function(tf.TensorSpec([None, None, None, 3]))
tf.saved_model.save(untrained, str(target / 'never-traced-for-training'))
tf.saved_model.save(Pixels(), str(target / 'other-method'))
