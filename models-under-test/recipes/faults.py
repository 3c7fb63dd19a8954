"""Models that cannot be called, or not to an end: the harness must survive them, and report that it could not decide."""

import functools

import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from .hostile import HOSTILE
from .saving import save
from .tiny import Tiny


class Endless(Tiny):
    """Never returns for a batch of 5."""

    def finish(self, rows, images, training):
        five = tf.equal(tf.shape(rows)[0], 5)
        turns = tf.while_loop(lambda turn: five, lambda turn: (turn + 1) % 1000, [tf.constant(0)])[0]
        return rows + tf.cast(turns, tf.float32)


class Hungry(Tiny):
    """Allocates more and more memory for a batch of 5, up to 12 GB."""

    def finish(self, rows, images, training):
        wanted = tf.where(tf.equal(tf.shape(rows)[0], 5), 55000, 1)
        hoard = tf.random.uniform([wanted, wanted])
        return rows + 0.0 * tf.reduce_mean(hoard)


class FailsThenHangs(Tiny):
    """Fails for a batch of 3, and never returns for one of 5."""

    def finish(self, rows, images, training):
        count = tf.shape(rows)[0]
        five = tf.equal(count, 5)
        turns = tf.while_loop(lambda turn: five, lambda turn: (turn + 1) % 1000, [tf.constant(0)])[0]
        with tf.control_dependencies([tf.debugging.assert_none_equal(count, 3)]):
            return rows + tf.cast(turns, tf.float32)


class Activated(Tiny):
    def rows(self, images, training):
        return tf.nn.selu(super().rows(images, training))


def of_another_package(folder):
    """An activation of tensorflow-addons, which TensorFlow itself does not have."""
    save(Activated(), folder)
    file = folder / 'saved_model.pb'
    proto = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    for function in proto.meta_graphs[0].graph_def.library.function:
        for node in function.node_def:
            node.op = {'Selu': 'Addons>Mish'}.get(node.op, node.op)
    file.write_bytes(proto.SerializeToString(deterministic=True))


FAULTS = {name: functools.partial(lambda root, folder: save(root(), folder), root)
          for name, root in {'endless': Endless, 'fails-then-hangs': FailsThenHangs, 'hungry': Hungry}.items()}
FAULTS |= HOSTILE
FAULTS['of-another-package'] = of_another_package
