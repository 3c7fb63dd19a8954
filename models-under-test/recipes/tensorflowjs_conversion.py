# /// script
# requires-python = ">=3.11,<3.12"
# dependencies = ["tensorflowjs==4.22.0", "tensorflow==2.19.0", "tf_keras==2.19.0", "ydf==0.11.0", "setuptools==65.5.0"]
# ///
"""Has the converter of TensorFlow.js write a SavedModel of a network of the browser, as Teachable Machine's server does.

`uv run --script tensorflowjs_conversion.py FOLDER`.
"""

import pathlib
import sys
import tempfile

import numpy as np
import tensorflowjs as tfjs
import tf_keras
from tensorflowjs.converters import converter

layers = tf_keras.layers


def network():
    """Two parts, named as Teachable Machine does: features of [batch, 32, 32, 3], and probabilities of 6 classes."""
    features = tf_keras.Sequential(
        [layers.Conv2D(8, 3, 2, activation='relu', input_shape=[32, 32, 3]), layers.GlobalAveragePooling2D()],
        name='sequential_1',
    )
    head = tf_keras.Sequential(
        [layers.Dense(10, activation='relu', input_shape=[8]), layers.Dense(6, activation='softmax', use_bias=False)],
        name='sequential_3',
    )
    model = tf_keras.Sequential([features, head], name='sequential_4')
    rng = np.random.default_rng(33)
    model.set_weights([rng.normal(size=weights.shape, scale=0.8) for weights in model.get_weights()])
    return model


def main():
    with tempfile.TemporaryDirectory() as browser:
        tfjs.converters.save_keras_model(network(), browser)
        ways = ['--input_format=tfjs_layers_model', '--output_format=keras_saved_model']
        converter.convert([*ways, str(pathlib.Path(browser, 'model.json')), sys.argv[1]])


main()
