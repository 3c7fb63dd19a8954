"""Hand-written reusable SavedModels, as publishers of TF Hub models make them."""

import tensorflow as tf

from .layers import BatchNorm, Convolution, Dense, Draw, decay
from .tiny import IMAGES, SCALAR, Reusable


class TinyFeatures(Reusable):
    """Two convolutions with batch norm; `batch_norm_momentum` may be left out, or be any float."""

    def __init__(self):
        super().__init__(name='tiny_features')
        draw = Draw(11)
        self.stem = Convolution(draw, 3, 6, stride=2, name='stem')
        self.stem_norm = BatchNorm(draw, 6, name='stem_norm')
        self.block = Convolution(draw, 6, 8, name='block')
        self.block_norm = BatchNorm(draw, 8, name='block_norm')
        self.list_variables(self.stem, self.stem_norm, self.block, self.block_norm)
        self.regularization_losses = [decay(self.stem.kernel), decay(self.block.kernel)]

    @tf.function
    def __call__(self, images, training=False, batch_norm_momentum=0.99):
        maps = tf.nn.relu(self.stem_norm(self.stem(images), training, batch_norm_momentum))
        maps = self.block_norm(self.block(maps), training, batch_norm_momentum)
        return tf.reduce_mean(tf.nn.softplus(maps), [1, 2])

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(IMAGES, training=training)
            self.__call__.get_concrete_function(IMAGES, training=training, batch_norm_momentum=SCALAR)


class TinyClassifier(Reusable):
    """Patches of 8×8 pixels, batch norm, a hidden layer, dropout, and the logits of five classes."""

    def __init__(self):
        super().__init__(name='tiny_classifier')
        draw = Draw(12)
        self.patches = Dense(draw, 8 * 8 * 3, 8, name='patches')
        self.norm = BatchNorm(draw, 8, name='norm')
        self.hidden = Dense(draw, 8, 16, name='hidden')
        self.logits = Dense(draw, 16, 5, name='logits')
        self.list_variables(self.patches, self.norm, self.hidden, self.logits)
        self.regularization_losses = [decay(self.hidden.kernel), decay(self.logits.kernel)]

    @tf.function
    def __call__(self, images, training=False, dropout_rate=0.2):
        maps = tf.nn.space_to_depth(images, 8)
        maps = tf.nn.relu(self.norm(tf.tensordot(maps, self.patches.kernel, 1) + self.patches.bias, training))
        rows = tf.nn.relu(self.hidden(tf.reduce_mean(maps, [1, 2])))
        if training:
            rows = tf.nn.dropout(rows, dropout_rate)
        return self.logits(rows)

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(IMAGES, training=training)
            self.__call__.get_concrete_function(IMAGES, training=training, dropout_rate=SCALAR)
