"""Writing SavedModels so that the same recipe gives the same bytes."""

import shutil

import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2


def save(root, folder, **options):
    """Traces a recipe's root where it says how, and saves it without debug information."""
    if hasattr(root, 'trace'):
        root.trace()
    clear(folder)
    tf.saved_model.save(root, str(folder), options=tf.saved_model.SaveOptions(save_debug_info=False), **options)
    settle(folder)


def clear(folder):
    shutil.rmtree(folder, ignore_errors=True)


def settle(folder, change=None):
    """Removes what differs from run to run, and what is only for debugging; `change` may edit the proto."""
    for leftover in ('fingerprint.pb', 'keras_metadata.pb', 'debug'):
        path = folder / leftover
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    file = folder / 'saved_model.pb'
    proto = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    for graph in (meta.graph_def for meta in proto.meta_graphs):
        for nodes in [graph.node, *(function.node_def for function in graph.library.function)]:
            for node in nodes:
                node.ClearField('experimental_debug_info')
    if change:
        change(proto)
    file.write_bytes(proto.SerializeToString(deterministic=True))
