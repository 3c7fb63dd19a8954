"""Twins for `dropout/no-mask-in-graph` whose masks are made in ways of their own."""

import tensorflow as tf

from .tiny import Tiny
from .twin import FINE_TUNING, Twin

FAMILY = 'Masks made in ways of their own'


class OneUnitDropped(Tiny):
    """In training each row loses the unit that got the largest of as many random numbers."""

    def finish(self, rows, images, training):
        if not training:
            return rows
        lost = tf.argmax(tf.random.normal(tf.shape(rows)), axis=1)
        return rows * (1 - tf.one_hot(lost, self.columns))


TWINS = {
    'one-unit-dropped': Twin(
        'dropout/no-mask-in-graph',
        'In training, each row loses one unit, chosen by the order of random numbers.',
        OneUnitDropped,
        also={'dropout/outputs-kept': 'the unit is zero'},
        spec={'fine_tuning': FINE_TUNING | {'training_effects': ['batch-norm', 'dropout']}},
    ),
}
