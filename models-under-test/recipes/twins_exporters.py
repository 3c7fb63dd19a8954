"""Twins that exporters write: what each is known to leave out of the contract."""

import os
import pathlib
import subprocess

import tensorflow as tf

from .keras_models import redraw, small_network
from .layers import Draw
from .saving import clear, save, settle
from .tiny import Reusable
from .twin import INFERENCE_ONLY, LOGITS, Twin
from .twins_signature import NO_CALL, NO_LISTS

FAMILY = 'Exporters'

FIXED = {'image_size': {'height': 32, 'width': 32}}


def onnx_converted(folder):
    """By onnx2tf, which needs another TensorFlow: a program of its own, in the Python of ONNX_PYTHON, else of uv."""
    script = pathlib.Path(__file__).with_name('onnx_conversion.py')
    python = os.environ.get('ONNX_PYTHON')
    clear(folder)
    subprocess.run([*([python] if python else ['uv', 'run', '--script']), script, folder], check=True)
    settle(folder)


class ImagesForServing(Reusable):
    """As Model Garden's export_saved_model: a module whose `inference_from_image_tensors` takes bytes."""

    def __init__(self):
        super().__init__()
        import tf_keras

        self._model = small_network(tf_keras)

    @tf.function
    def inference_from_image_tensors(self, inputs):
        return {'features': self._model(tf.cast(inputs, tf.float32) / 255, training=False)}


def model_garden_export(folder):
    root = ImagesForServing()
    images = tf.TensorSpec([None, 32, 32, 3], tf.uint8, name='inputs')
    save(root, folder, signatures={'serving_default': root.inference_from_image_tensors.get_concrete_function(images)})


def teachable_machine(folder):
    """As Teachable Machine has it: a Keras 2 network of two parts, probabilities of its classes last."""
    import tf_keras

    layers = tf_keras.layers
    features = tf_keras.Sequential(
        [layers.Conv2D(8, 3, 2, activation='relu', input_shape=[32, 32, 3]), layers.GlobalAveragePooling2D()],
        name='sequential_1',
    )
    head = tf_keras.Sequential(
        [layers.Dense(10, activation='relu', input_shape=[8]), layers.Dense(6, activation='softmax', use_bias=False)],
        name='sequential_3',
    )
    model = tf_keras.Sequential([features, head], name='sequential_4')
    redraw(model, Draw(33))
    clear(folder)
    model.save(folder, save_format='tf', include_optimizer=False)
    settle(folder)


TWINS = {
    'model-garden-export': Twin(
        'signature/root-call',
        "Model Garden's `export_saved_model` writes methods that take bytes, and no `__call__`.",
        model_garden_export,
        writes=True,
        also=NO_LISTS,
        spec=INFERENCE_ONLY | FIXED,
    ),
    'onnx-converted': Twin(
        'signature/root-call',
        'onnx2tf writes signatures and no `__call__`, and all weights as constants.',
        onnx_converted,
        writes=True,
        also=NO_CALL,
        spec=INFERENCE_ONLY | FIXED,
    ),
    'teachable-machine': Twin(
        'classification/linear-scores',
        'The last layer of a network of Teachable Machine gives probabilities.',
        teachable_machine,
        writes=True,
        spec=LOGITS | INFERENCE_ONLY | FIXED,
    ),
}
