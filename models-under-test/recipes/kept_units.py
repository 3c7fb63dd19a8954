"""Conforming models with dropout or noise after the last layer, of which something else of each unit remains."""

import numpy as np
import tensorflow as tf

from .layers import BatchNorm, Convolution, Dense, Draw
from .twins_dropout_state import Congruential
from .wide import Wide


class ResidualDropout(Wide):
    """Two residual blocks with dropout at the end of each branch; batch norm, ReLU, mean over the pixels."""

    def __init__(self):
        super().__init__()
        draw = Draw(201)
        self.blocks = [
            (Convolution(draw, 16, 16, name='branch'), BatchNorm(draw, 16, name='branch_norm')) for _ in range(2)
        ]
        self.columns = 16
        self.list_variables(self.convolution, self.norm, *(part for block in self.blocks for part in block))

    def head(self, maps, training):
        for convolution, norm in self.blocks:
            branch = convolution(tf.nn.relu(norm(maps, training)))
            maps = maps + drop(branch, 0.3, training)
        return self.pool(tf.nn.relu(maps), training)


class ResidualRows(Wide):
    """`x + Dropout(f(x))` on the rows themselves, then layer normalisation."""

    def finish(self, rows, images, training):
        branch = tf.nn.relu(tf.matmul(rows, self.dense.kernel, transpose_b=True))
        return normalised(rows + drop(self.dense(branch), 0.3, training))


class DenseConnections(Wide):
    """Each layer's maps, dropped, beside those before; batch norm, ReLU, mean over the pixels."""

    columns = 32

    def __init__(self):
        super().__init__()
        draw = Draw(202)
        self.layers = [Convolution(draw, channels, 8, name='layer') for channels in (16, 24)]
        self.last_norm = BatchNorm(draw, self.columns, name='last_norm')
        self.list_variables(self.convolution, self.norm, *self.layers, self.last_norm)

    def head(self, maps, training):
        for layer in self.layers:
            maps = tf.concat([maps, drop(layer(tf.nn.relu(maps)), 0.2, training)], 3)
        return self.pool(tf.nn.relu(self.last_norm(maps, training)), training)


class Tokens(Wide):
    """Sixteen patches; attention and a perceptron, with dropout at the end of each; the mean over the tokens."""

    columns = 16

    def __init__(self, seed=203):
        super().__init__()
        draw = Draw(seed)
        self.embedding = Dense(draw, 8 * 8 * 3, self.columns, name='embedding')
        self.mixing = Dense(draw, self.columns, 3 * self.columns, name='mixing')
        self.projection = Dense(draw, self.columns, self.columns, name='projection')
        self.widen = Dense(draw, self.columns, 2 * self.columns, name='widen')
        self.narrow = Dense(draw, 2 * self.columns, self.columns, name='narrow')
        self.list_variables(self.embedding, self.mixing, self.projection, self.widen, self.narrow)
        self.regularization_losses = []

    def rows(self, images, training):
        images = tf.image.resize(images, [32, 32])
        patches = tf.nn.space_to_depth(images, 8)
        tokens = each(self.embedding, tf.reshape(patches, [-1, 16, 8 * 8 * 3]))
        return self.read(self.blocks(self.begin(tokens, training), training))

    def begin(self, tokens, training):
        return drop(tokens, 0.1, training)

    def blocks(self, tokens, training):
        for branch in (self.attention, self.perceptron):
            tokens = tokens + drop(branch(normalised(tokens), training), 0.1, training)
        return normalised(tokens)

    def attention(self, tokens, training):
        queries, keys, values = tf.split(each(self.mixing, tokens), 3, -1)
        weights = tf.nn.softmax(tf.matmul(queries, keys, transpose_b=True) / 4.0)
        return each(self.projection, tf.matmul(drop(weights, 0.1, training), values))

    def perceptron(self, tokens, training):
        return each(self.narrow, drop(tf.nn.gelu(each(self.widen, tokens)), 0.1, training))

    def read(self, tokens):
        return tf.reduce_mean(tokens, 1)


class FirstToken(Tokens):
    """A token of its own gathers what the row is read from."""

    def __init__(self):
        super().__init__()
        self.first = tf.Variable(Draw(208).normal(1, 1, self.columns), name='first_token')
        self.variables.append(self.first)
        self.trainable_variables.append(self.first)

    def begin(self, tokens, training):
        first = tf.tile(self.first, [tf.shape(tokens)[0], 1, 1])
        return drop(tf.concat([first, tokens], 1), 0.1, training)

    def read(self, tokens):
        return tokens[:, 0]


class TransformerAfterNorm(Tokens):
    """Normalised after each block, not before."""

    def blocks(self, tokens, training):
        for branch in (self.attention, self.perceptron):
            tokens = normalised(tokens + drop(branch(tokens, training), 0.1, training))
        return tokens


class Mixer(Tokens):
    """Tokens are mixed by a dense layer over their places instead of attention."""

    def __init__(self):
        super().__init__(204)
        draw = Draw(205)
        self.places = Dense(draw, 16, 16, name='places')
        self.list_variables(self.embedding, self.places, self.widen, self.narrow)

    def attention(self, tokens, training):
        return tf.transpose(each(self.places, tf.transpose(tokens, [0, 2, 1])), [0, 2, 1])


class ShiftedWindows(Tokens):
    """Attention inside windows of 2×2 tokens, shifted by one."""

    def attention(self, tokens, training):
        maps = tf.roll(tf.reshape(tokens, [-1, 4, 4, self.columns]), [-1, -1], [1, 2])
        inside = tf.transpose(tf.reshape(maps, [-1, 2, 2, 2, 2, self.columns]), [0, 1, 3, 2, 4, 5])
        inside = super().attention(tf.reshape(inside, [-1, 4, self.columns]), training)
        maps = tf.transpose(tf.reshape(inside, [-1, 2, 2, 2, 2, self.columns]), [0, 1, 3, 2, 4, 5])
        return tf.reshape(tf.roll(tf.reshape(maps, [-1, 4, 4, self.columns]), [1, 1], [1, 2]), [-1, 16, self.columns])


class FourierMixing(Tokens):
    """Tokens are mixed by a Fourier transform over places and channels, which has no weights; dense layers follow."""

    def __init__(self):
        super().__init__(206)
        self.list_variables(self.embedding, self.widen, self.narrow)

    def attention(self, tokens, training):
        return tf.math.real(tf.signal.fft2d(tf.cast(tokens, tf.complex64))) / 8.0


class FilteredSpectrum(Wide):
    """Dropout, then a filter with learned values between a Fourier transform of the rows and its inverse: a layer."""

    def __init__(self):
        super().__init__()
        self.filter = tf.Variable(1.0 + Draw(207).normal(self.columns, scale=0.5), name='filter')
        self.variables.append(self.filter)
        self.trainable_variables.append(self.filter)

    def finish(self, rows, images, training):
        spectrum = tf.signal.fft(tf.cast(drop(rows, 0.3, training), tf.complex64))
        return tf.math.real(tf.signal.ifft(spectrum * tf.cast(self.filter, tf.complex64)))


class DroppedMaps(Wide):
    """Dropout of single places of the maps, layer normalisation, mean over the pixels, and nothing after."""

    def head(self, maps, training):
        return self.pool(normalised(drop(self.wide_maps(maps), 0.3, training)), training)


class NoisyMaps(Wide):
    """Noise on the maps, at each place another."""

    def head(self, maps, training):
        maps = self.wide_maps(maps)
        return self.pool(maps + tf.random.normal(tf.shape(maps), stddev=0.1) if training else maps, training)


class InnerCongruential(Congruential):
    """A generator of random numbers written by hand, for dropout before the last layer."""

    def inner(self, units, training):
        return units * tf.cast(self.advance()[: self.units] >= 0.3, tf.float32) if training else units

    def finish(self, rows, images, training):
        return rows


class DroppedWeights(Wide):
    """Single weights of the last layer are dropped, others in each call."""

    units = 96

    def last(self, units, training):
        return tf.matmul(units, drop(self.dense.kernel, 0.2, training)) + self.dense.bias


class GatedBranches(Wide):
    """A gate between the rows and what a branch makes of them, which is dropped."""

    def finish(self, rows, images, training):
        inside = tf.nn.relu(tf.matmul(rows, self.dense.kernel, transpose_b=True))
        gate = tf.sigmoid(self.dense(inside))
        return gate * drop(tf.nn.relu(self.dense(inside)), 0.3, training) + (1.0 - gate) * rows


def drop(x, rate, training):
    return tf.nn.dropout(x, rate) if training else x


def each(layer, tokens):
    """A dense layer for each token."""
    return tf.tensordot(tokens, layer.kernel, 1) + layer.bias


def normalised(x):
    mean, variance = tf.nn.moments(x, [-1], keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-3)


class ShakeShake(Wide):
    """Two branches, of which training takes a random share each, the same for a whole image."""

    columns = 32

    def __init__(self):
        super().__init__()
        draw = Draw(206)
        self.branches = [Dense(draw, self.filters, self.columns, name='branch') for _ in range(2)]
        self.list_variables(self.convolution, self.norm, *self.branches)

    def head(self, maps, training):
        units = self.pool(maps, training)
        one, other = self.branches[0](units), self.branches[1](tf.tanh(units))
        share = tf.random.uniform([tf.shape(units)[0], 1]) if training else 0.5
        return share * one + (1 - share) * other


class CosineFeatures(Wide):
    """Dropout, then a cosine transform over all units, of which each feature is a weighted sum, and a scale."""

    def __init__(self):
        super().__init__()
        self.columns = self.units
        self.scales = tf.Variable(tf.linspace(0.5, 1.5, self.units), name='scales')
        self.list_variables(self.convolution, self.norm, self.hidden)
        self.variables.append(self.scales)
        self.trainable_variables.append(self.scales)

    def last(self, units, training):
        return tf.signal.dct(drop(units, 0.2, training)) * self.scales


class RandomProjection(Wide):
    """Dropout, then a random projection and random scales of a constant seed, at inference and in training alike."""

    def __init__(self):
        super().__init__()
        self.list_variables(self.convolution, self.norm, self.hidden)

    def last(self, units, training):
        projection = tf.random.stateless_normal([self.units, self.columns], seed=[5, 6]) / 4.0
        scales = tf.random.stateless_uniform([self.columns], seed=[7, 8], minval=0.5, maxval=1.5)
        return tf.matmul(drop(units, 0.2, training), projection) * scales


class InnerMaskByNumpy(Wide):
    """NumPy draws a mask for what goes into the last layer when the call is traced, once and for all."""

    def last(self, units, training):
        mask = (np.random.RandomState(4).rand(int(units.shape[-1])) >= 0.2).astype(np.float32) / 0.8
        return self.dense(units * mask if training else units)
