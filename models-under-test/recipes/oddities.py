"""Conforming models that are unusual inside: captures, arguments, sizes, and shapes of the output."""

import pathlib
import tempfile

import numpy as np
import tensorflow as tf

from .layers import BatchNorm, Convolution, Dense, Draw, decay
from .tiny import IMAGES, SCALAR, Reusable, Tiny


class OddCaptures(Tiny):
  """The call captures a constant, two lookup tables and an asset; two of its variables share a name."""

  def __init__(self):
    super().__init__(seed=31)
    self.shift = tf.Variable([0.5] * 6, name='offset')
    self.scale = tf.Variable([1.5] * 6, name='offset')
    self.variables.extend([self.shift, self.scale])
    self.trainable_variables.extend([self.shift, self.scale])
    self.constant = tf.constant(Draw(32).normal(6))
    self.ranks = tf.lookup.StaticHashTable(
      tf.lookup.KeyValueTensorInitializer(tf.range(6, dtype=tf.int64), tf.constant([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])), -1.0
    )
    self.words = tf.lookup.StaticHashTable(
      tf.lookup.TextFileInitializer(
        vocabulary(), tf.string, tf.lookup.TextFileIndex.WHOLE_LINE, tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER
      ),
      -1,
    )

  def finish(self, rows, images, training):
    ranks = self.ranks.lookup(tf.range(6, dtype=tf.int64))
    word = tf.cast(self.words.lookup(tf.constant(['house', 'absent'])), tf.float32)
    return (rows + self.constant) * self.scale + self.shift + ranks + tf.reduce_sum(word)


def vocabulary():
  """A text file whose contents, not whose place, end up in the SavedModel."""
  path = pathlib.Path(tempfile.gettempdir()) / 'vocabulary.txt'
  path.write_text('tree\nhouse\nriver\n')
  return str(path)
