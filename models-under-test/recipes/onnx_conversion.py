# /// script
# requires-python = ">=3.11,<3.12"
# dependencies = [
#   "onnx2tf==1.29.24",
#   "tensorflow-cpu==2.19.0",
#   "tf_keras==2.19.0",
#   "onnx==1.19.1",
#   "onnxsim==0.4.36",
#   "onnx_graphsurgeon==0.5.8",
#   "sng4onnx==2.0.1",
#   "simple_onnx_processing_tools==1.1.32",
#   "ai_edge_litert==2.1.0",
#   "psutil==5.9.5",
# ]
# ///
"""Writes a small network as ONNX and has onnx2tf convert it: `uv run --script onnx_conversion.py FOLDER`."""

import pathlib
import shutil
import sys
import tempfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def network():
    """Convolution, ReLU, mean, dense: 6 columns of images [batch, 3, 32, 32]."""
    rng = np.random.default_rng(31)

    def weights(name, *shape):
        return numpy_helper.from_array(rng.normal(size=shape, scale=0.3).astype('float32'), name)

    nodes = [
        helper.make_node('Conv', ['images', 'kernel', 'bias'], ['maps'], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node('Relu', ['maps'], ['active']),
        helper.make_node('GlobalAveragePool', ['active'], ['pooled']),
        helper.make_node('Flatten', ['pooled'], ['flat']),
        helper.make_node('Gemm', ['flat', 'dense', 'shift'], ['features']),
    ]
    images = helper.make_tensor_value_info('images', TensorProto.FLOAT, ['N', 3, 32, 32])
    features = helper.make_tensor_value_info('features', TensorProto.FLOAT, ['N', 6])
    held = [weights('kernel', 4, 3, 3, 3), weights('bias', 4), weights('dense', 4, 6), weights('shift', 6)]
    graph = helper.make_graph(nodes, 'network', [images], [features], held)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8)


def main():
    import onnx2tf

    target = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        onnx.save(network(), f'{work}/network.onnx')
        onnx2tf.convert(
            input_onnx_file_path=f'{work}/network.onnx',
            output_folder_path=f'{work}/saved',
            output_signaturedefs=True,
            not_use_onnxsim=True,
            non_verbose=True,
        )
        for file in pathlib.Path(work, 'saved').glob('*.tflite'):
            file.unlink()
        shutil.copytree(f'{work}/saved', target)


main()
