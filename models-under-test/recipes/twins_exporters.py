"""Twins that exporters write: what each is known to leave out of the contract."""

import os
import pathlib
import subprocess

from .saving import clear, settle
from .twin import INFERENCE_ONLY, LOGITS, Twin
from .twins_signature import NO_CALL, NO_LISTS

FAMILY = 'Exporters'

FIXED = {'image_size': {'height': 32, 'width': 32}}


def written_by(script, python):
    """By a program that needs another TensorFlow, in the Python of this environment variable, else of uv."""

    def write(folder):
        program = pathlib.Path(__file__).with_name(script)
        own = os.environ.get(python)
        clear(folder)
        subprocess.run([*([own] if own else ['uv', 'run', '--script']), program, folder], check=True)
        settle(folder)

    return write


TWINS = {
    'model-garden-export': Twin(
        'signature/root-call',
        "Model Garden's `export_saved_model` writes methods that take bytes, and no `__call__`.",
        written_by('model_garden_conversion.py', 'GARDEN_PYTHON'),
        writes=True,
        also=NO_LISTS,
        spec=INFERENCE_ONLY | FIXED,
    ),
    'onnx-converted': Twin(
        'signature/root-call',
        'onnx2tf writes signatures and no `__call__`, and all weights as constants.',
        written_by('onnx_conversion.py', 'ONNX_PYTHON'),
        writes=True,
        also=NO_CALL,
        spec=INFERENCE_ONLY | FIXED,
    ),
    'teachable-machine': Twin(
        'classification/linear-scores',
        "The last layer of Teachable Machine's network gives probabilities, as the converter of TensorFlow.js writes it.",
        written_by('tensorflowjs_conversion.py', 'TENSORFLOWJS_PYTHON'),
        writes=True,
        spec=LOGITS | INFERENCE_ONLY | FIXED,
    ),
}
