"""Twins for `dropout/no-mask-in-graph`: random numbers without a random operation.

Numbers hang on state that the call itself changes, or on the clock. Random in training only.
"""

import tensorflow as tf

from .twin import Twin
from .twins_dropout import KEEPS_NOT, WIDE
from .twins_dropout_mixing import CONTINUOUS
from .wide import Wide

FAMILY = 'Randomness without a random operation'


class Stateful(Wide):
    """`advance()` gives a number for each feature, in [0, 1), from state that goes on."""

    rate = 0.2

    def __init__(self):
        super().__init__()
        self.state = self.first_state()
        if self.state is not None:
            self.variables.append(self.state)

    def first_state(self):
        return tf.Variable(0, dtype=tf.int64, trainable=False, name='step')

    def finish(self, rows, images, training):
        return self.change(rows, self.advance()) if training else rows

    def change(self, rows, numbers):
        return rows * tf.cast(numbers >= self.rate, tf.float32)


class Congruential(Stateful):
    def first_state(self):
        return tf.Variable(20261125, dtype=tf.int64, trainable=False, name='state')

    def advance(self):
        state, numbers = self.state.read_value(), []
        for _ in range(12):
            state = (1103515245 * state + 12345) % 2147483648
            numbers.append(state)
        self.state.assign(state)
        return tf.tile(tf.cast(tf.stack(numbers), tf.float32) / 2147483648.0, [self.columns // 12])


class HashedStep(Stateful):
    def advance(self):
        step = tf.cast(self.state.assign_add(1), tf.float32)
        return fraction(tf.sin(12.9898 * tf.range(self.columns, dtype=tf.float32) + 78.233 * step) * 43758.5453)


class HashedStepNoise(HashedStep):
    def change(self, rows, numbers):
        return rows + 0.1 * (numbers - 0.5)


class ShiftRegister(Stateful):
    """Thirty-two bits, shifted; a feature is dropped where two of them are zero."""

    def first_state(self):
        return tf.Variable(tf.constant(2463534242, tf.uint32), trainable=False, name='register')

    def advance(self):
        state = self.state.read_value()
        for shift, amount in ((tf.bitwise.left_shift, 13), (tf.bitwise.right_shift, 17), (tf.bitwise.left_shift, 5)):
            state = tf.bitwise.bitwise_xor(state, shift(state, tf.constant(amount, tf.uint32)))
        self.state.assign(state)
        places = tf.constant([(7 * unit) % 31 for unit in range(self.columns)], tf.uint32)
        return tf.cast(tf.bitwise.bitwise_and(tf.bitwise.right_shift(state, places), 3), tf.float32) / 4.0


class Clock(Stateful):
    def first_state(self):
        return None

    def advance(self):
        second = tf.cast(tf.math.floormod(1e5 * tf.timestamp(), 1000.0), tf.float32)
        return fraction(tf.sin(12.9898 * tf.range(self.columns, dtype=tf.float32) + 0.7 * second) * 43758.5453)


def fraction(numbers):
    return numbers - tf.floor(numbers)


def by_state(root, fault, **options):
    return Twin('dropout/no-mask-in-graph', fault, root, also=KEEPS_NOT, spec=WIDE | options)


TWINS = {
    'dropout-by-clock': by_state(Clock, 'Outputs are dropped by a hash of the time.'),
    'dropout-by-congruential-generator': by_state(
        Congruential, 'Outputs are dropped by a linear congruential generator in a variable.'
    ),
    'dropout-by-hashed-step': by_state(HashedStep, 'Outputs are dropped by a hash of a counter of calls.'),
    'dropout-by-shift-register': by_state(ShiftRegister, 'Outputs are dropped by the bits of a shift register.'),
    'noise-by-hashed-step': by_state(HashedStepNoise, 'A hash of a counter is added to the outputs.', **CONTINUOUS),
}
