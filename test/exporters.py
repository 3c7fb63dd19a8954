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


images = keras.Input([None, None, 3])
maps = keras.layers.Conv2D(4, 3, kernel_regularizer='l2')(images)
maps = keras.layers.BatchNormalization()(maps)
rows = keras.layers.GlobalAveragePooling2D()(keras.layers.ReLU()(maps))
model = keras.Model(images, keras.layers.Dense(6)(keras.layers.Dropout(0.5)(rows)))
model.save(target / 'file.keras')
model.export(target / 'exported', verbose=False)
tf.saved_model.save(model, str(target / 'saved-object'))
tf.saved_model.save(Pixels(), str(target / 'other-method'))
