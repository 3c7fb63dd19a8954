"""A tiny model with many columns, for what only many units show."""

import tensorflow as tf

from .layers import Dense, Draw
from .tiny import Tiny


class Wide(Tiny):
    """Convolution, batch norm, ReLU, mean over the pixels, a hidden layer, dense.

    A recipe overrides one step. Any size from 4×4; 96 columns; 9 variables, of which 7 can be trained;
    1 regularization loss.
    """

    columns = 96
    filters = 16
    units = 32

    def __init__(self, seed=1):
        super().__init__(seed)
        self.hidden = Dense(Draw(seed + 1000), self.filters, self.units, name='hidden')
        self.list_variables(self.convolution, self.norm, self.hidden, self.dense)

    def inputs_of_dense(self):
        return self.units

    def rows(self, images, training):
        maps = tf.nn.relu(self.norm(self.convolution(self.prepare(images, training)), training))
        return self.head(maps, training)

    def head(self, maps, training):
        """Rows from maps of 16 channels."""
        units = tf.nn.relu(self.hidden(self.pool(maps, training)))
        return self.last(self.inner(units, training), training)

    def inner(self, units, training):
        return units

    def last(self, units, training):
        return self.dense(units)

    def wide_maps(self, maps):
        """The hidden and the last layer at each pixel: [batch, height, width, 96]."""
        return self.dense(tf.nn.relu(self.hidden(maps)))
