"""Twins whose random values reach the outputs on ways that are hard to follow: through loops and branches, drawn twice
alike, equal for a whole row, the same in every call.
"""

import numpy as np
import tensorflow as tf

from .layers import Dense, Draw
from .twin import Twin
from .twins_dropout import WIDE, OnOutputs
from .twins_dropout_mixing import CONTINUOUS
from .wide import Wide

FAMILY = 'Masks and noise on ways that are hard to follow'

SCALES = np.linspace(0.7, 1.3, 96).astype(np.float32)


class EqualSeeds(Wide):
    """The row is the sum of two layers, each under noise of its own that is drawn with the same seed."""

    def __init__(self):
        super().__init__()
        self.other = Dense(Draw(301), self.units, self.columns, name='other')
        self.list_variables(self.convolution, self.norm, self.hidden, self.dense, self.other)

    def last(self, units, training):
        one, other = self.dense(units), self.other(tf.tanh(units))
        if not training:
            return one + other
        seed = tf.random.uniform([2], maxval=2**31 - 1, dtype=tf.int32)
        one, other = (each * tf.random.stateless_normal(tf.shape(each), seed, 1.0, 0.3) for each in (one, other))
        return one + other


def of_branch(rows):
    branch = tf.random.uniform([], maxval=3, dtype=tf.int32)
    return tf.switch_case(branch, [lambda: rows, lambda: rows * SCALES, lambda: rows * SCALES[::-1]])


def picked(rows):
    stack = tf.stack([rows, rows * SCALES, rows * SCALES[::-1]])
    return tf.gather(stack, tf.random.uniform([], maxval=3, dtype=tf.int32))


def masked_by_numpy(rows):
    """NumPy draws when the call is traced, once and for all."""
    return rows * (np.random.RandomState(4).rand(96) >= 0.2).astype(np.float32) / 0.8


def of_loop(rows):
    """One row of what is drawn for each image, for all of them."""
    drawn = tf.map_fn(lambda row: tf.random.normal([96], 1.0, 0.3), rows)
    return rows * drawn[:1]


def noise(change, fault, **options):
    return Twin('dropout/no-mask-in-graph', fault, change, spec=WIDE | CONTINUOUS | options)


def on_rows(change, fault, **options):
    return noise(lambda: OnOutputs(change), fault, **options)


TWINS = {
    'dropout-by-constant-seed': on_rows(
        lambda rows: tf.nn.experimental.stateless_dropout(rows, 0.2, seed=[1, 2]),
        'In training, outputs are dropped by a constant seed: the same ones in every call.',
        fine_tuning=CONTINUOUS['fine_tuning'] | {'training_effects': ['batch-norm']},
    ),
    'mask-by-numpy': on_rows(
        masked_by_numpy,
        'In training, outputs are dropped by a mask that NumPy drew when the call was traced.',
        fine_tuning=CONTINUOUS['fine_tuning'] | {'training_effects': ['batch-norm']},
    ),
    'noise-by-equal-seeds': noise(
        EqualSeeds,
        'Outputs are the sum of two layers, each under noise that is drawn with the same seed.',
        fine_tuning=CONTINUOUS['fine_tuning'] | {'trainable_variables': 9},
    ),
    'noise-from-loop': on_rows(
        of_loop, 'Outputs are multiplied with noise that a loop draws.'
    ),
    'picks-of-a-stack': on_rows(picked, 'A random one of three stacked scalings of the outputs is given.'),
    'scales-by-random-branch': on_rows(of_branch, 'A random branch says by what the outputs are multiplied.'),
    'scales-of-whole-rows': on_rows(
        lambda rows: rows * tf.random.normal([tf.shape(rows)[0], 1], 1.0, 0.3),
        'All outputs of an image are multiplied with one random number.',
    ),
    'shifts-of-whole-rows': on_rows(
        lambda rows: rows + tf.random.normal([tf.shape(rows)[0], 1], 0.0, 0.3),
        'One random number is added to all outputs of an image.',
    ),
}
