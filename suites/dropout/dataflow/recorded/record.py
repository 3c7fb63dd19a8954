"""Records endings of graphs with something random on the output or near it, as this TensorFlow writes them.

Run in an environment with TensorFlow, from this folder: python record.py
Writes tensorflow-<version>/saved_model.pb, with a method for each case of *_cases.py.
With `python record.py --differing`, for older versions, only for those cases that TensorFlow itself writes differently.
"""

import os
import pathlib
import shutil
import sys
import tempfile

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = '-1'

import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

import cases
import design_cases
import generator_cases
import hiding_cases
import keras_cases
import mixing_cases
import stranger_cases

MODULES = [cases, design_cases, mixing_cases, generator_cases, stranger_cases, hiding_cases]
HERE = pathlib.Path(__file__).resolve().parent


class Root(tf.__internal__.tracking.AutoTrackable):
    pass


def main():
    root = Root()
    root.all_variables = [v for each in MODULES for v in each.VARIABLES]
    root.tracked = generator_cases.TRACKED
    root.generator = cases.GENERATOR
    root.layers = keras_cases.LAYERS
    root.layer_variables = keras_cases.variables()
    for name, function in chosen().items():
        try:
            setattr(root, name, traced(name, function))
        except AttributeError as error:
            print(f'{name} is left out: {error}', file=sys.stderr)
    folder = HERE / f'tensorflow-{tf.__version__}'
    with tempfile.TemporaryDirectory() as temporary:
        tf.saved_model.save(root, temporary)
        folder.mkdir(exist_ok=True)
        (folder / 'saved_model.pb').write_bytes(trimmed(pathlib.Path(temporary) / 'saved_model.pb'))


def chosen():
    if '--differing' not in sys.argv:
        return {name: case for each in [*MODULES, keras_cases] for name, case in each.CASES.items()}
    return {name: cases.CASES[name] for name in sorted(cases.OF_EVERY_VERSION)} | keras_cases.CASES


def traced(name, function):
    call = tf.function(function)
    rate = [tf.TensorSpec([], tf.float32)] if name == 'masked_rate_given' else []
    call.get_concrete_function(cases.MAPS, *rate)
    return call


def trimmed(file):
    """Without what restores variables, and without what says where in Python each operation was made."""
    proto = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    for meta in proto.meta_graphs:
        constants = [node for node in meta.graph_def.node if node.op == 'Const']
        kept = [f for f in meta.graph_def.library.function if '__inference__traced' not in f.signature.name]
        for field, values in ((meta.graph_def.node, constants), (meta.graph_def.library.function, kept)):
            del field[:]
            field.extend(values)
        for function in meta.graph_def.library.function:
            for node in function.node_def:
                node.ClearField('experimental_debug_info')
    return proto.SerializeToString(deterministic=True)


main()
