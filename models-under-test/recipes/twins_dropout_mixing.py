"""Twins for `dropout/no-mask-in-graph`: masks and noise behind operations that mix units by no weights, or beside nothing.

Random in training only.
"""

import tensorflow as tf

from .jax_models import JaxOuterDropout
from .layers import Dense, Draw
from .twins_dropout import FINE_TUNED, KEEPS_NOT, WIDE, OnOutputs, dropped, mask
from .twin import Twin
from .wide import Wide

FAMILY = 'Masks and noise behind operations that mix without weights'

CONTINUOUS = {'fine_tuning': FINE_TUNED | {'training_effects': ['batch-norm', 'noise']}}


class KernelColumns(Wide):
    """Columns of the last kernel are dropped: weights, but all of those that make up a feature."""

    def last(self, units, training):
        kernel = self.dense.kernel
        return tf.matmul(units, kernel * mask([1, self.columns], 0.2) if training else kernel) + self.dense.bias


class RandomDepthwise(Wide):
    """The maps, already one for each feature, are convolved channel by channel with a kernel of random bits."""

    def head(self, maps, training):
        maps = self.wide_maps(maps)
        if training:
            kernel = mask([1, 1, self.columns, 1], 0.2)
            maps = tf.nn.depthwise_conv2d(maps, kernel, [1, 1, 1, 1], 'SAME')
        return self.pool(maps, training)


class RandomConvolution(Wide):
    def head(self, maps, training):
        maps = self.wide_maps(maps)
        if training:
            kernel = tf.linalg.diag(mask([self.columns], 0.2))[tf.newaxis, tf.newaxis]
            maps = tf.nn.conv2d(maps, kernel, 1, 'SAME')
        return self.pool(maps, training)


class Above(Wide):
    """`large(images)` says whether to drop, by the shape alone."""

    def __init__(self, large):
        super().__init__()
        self.large = large

    def finish(self, rows, images, training):
        if not training:
            return rows
        return tf.cond(self.large(tf.shape(images)), lambda: dropped(rows, 0.2), lambda: tf.identity(rows))


class TrunkAndBranch(Wide):
    """One mask for both summands of a residual block."""

    def head(self, maps, training):
        rows = super().head(maps, training)
        branch = tf.matmul(tf.nn.relu(rows), self.dense.kernel, transpose_b=True)
        branch = self.dense(tf.nn.relu(branch))
        kept = mask(tf.shape(rows), 0.2) if training else 1.0
        return rows * kept + branch * kept


class NoiseByParameters(Wide):
    """Features are drawn around a mean that one layer gives, as far apart as another says."""

    def __init__(self):
        super().__init__()
        self.spread = Dense(Draw(93), self.units, self.columns, name='spread')
        self.spread.kernel.assign(0.005 * self.spread.kernel)
        self.list_variables(self.convolution, self.norm, self.hidden, self.dense, self.spread)

    def last(self, units, training):
        rows, spread = self.dense(units), tf.exp(0.5 * self.spread(units) - 2.0)
        return rows + spread * tf.random.normal(tf.shape(rows)) if training else rows


def fourier(rows):
    return tf.math.real(tf.signal.ifft(tf.signal.fft(tf.cast(dropped(rows, 0.2), tf.complex64))))


def differences(rows):
    sums = tf.cumsum(dropped(rows, 0.2), 1)
    return sums - tf.pad(sums, [[0, 0], [1, 0]])[:, :-1]


def hidden(change, fault, **options):
    """A twin that the graph shows, and the statistics perhaps."""
    return Twin('dropout/no-mask-in-graph', fault, change, also=KEEPS_NOT, spec=WIDE | options)


def of_rows(change, fault, **options):
    return hidden(lambda: OnOutputs(change), fault, **options)


def swapped(rows):
    """Some units come from other images."""
    count = tf.shape(rows)[0]
    others = tf.random.uniform(tf.shape(rows), 0, count, tf.int32)
    own = tf.range(count)[:, tf.newaxis] + tf.zeros_like(others)
    images = tf.where(tf.random.uniform(tf.shape(rows)) < 0.15, others, own)
    return tf.gather_nd(rows, tf.stack([images, tf.range(96) + tf.zeros_like(others)], -1))


TWINS = {
    'swapped-units': of_rows(swapped, 'One unit of seven is that of another image of the batch.', **CONTINUOUS),
    'dropout-above-20-images': hidden(
        lambda: Above(lambda shape: shape[0] > 20), 'Outputs are dropped at rate 0.2 in batches of more than 20 images.'
    ),
    'dropout-above-24-pixels': hidden(
        lambda: Above(lambda shape: shape[1] > 24), 'Outputs are dropped at rate 0.2 in images higher than 24 pixels.'
    ),
    'dropout-before-fourier': of_rows(
        fourier, 'Outputs are dropped at rate 0.2 before a Fourier transform and its inverse.'
    ),
    'dropout-before-differences': of_rows(
        differences, 'Outputs are dropped at rate 0.2, summed up along the row, and told apart again by differences.'
    ),
    'dropout-by-diagonal': of_rows(
        lambda rows: tf.matmul(rows, tf.linalg.diag(mask([96], 0.2))),
        'Outputs are multiplied with a diagonal matrix of random bits.',
    ),
    'dropout-by-einsum': of_rows(
        lambda rows: tf.einsum('bc,bcd->bd', rows, tf.linalg.diag(mask(tf.shape(rows), 0.2))),
        'Outputs are multiplied with a diagonal matrix of random bits for each image, by an einsum.',
    ),
    'dropout-by-random-convolution': hidden(
        RandomConvolution, 'Maps of features are convolved with a random diagonal kernel before they are pooled.'
    ),
    'dropout-by-random-depthwise': hidden(
        RandomDepthwise, 'Maps of features are convolved with a depthwise kernel of random bits before they are pooled.'
    ),
    'dropout-gaussian-by-diagonal': of_rows(
        lambda rows: tf.matmul(rows, tf.eye(96) + tf.linalg.diag(tf.random.normal([96], stddev=0.3))),
        'Gaussian dropout as a product with a diagonal matrix.',
        **CONTINUOUS,
    ),
    'dropout-less-itself': of_rows(
        lambda rows: rows - rows * tf.cast(tf.random.uniform(tf.shape(rows)) < 0.2, tf.float32),
        'A random part of the outputs is subtracted from the outputs.',
    ),
    'dropout-of-kernel-columns': hidden(KernelColumns, 'Whole columns of the last kernel are dropped.'),
    'dropout-of-trunk-and-branch': hidden(
        TrunkAndBranch, 'The trunk of a residual block and its branch are dropped by one mask.'
    ),
    'dropout-in-jax': Twin(
        'dropout/outputs-kept',
        'Outputs are dropped at rate 0.2 inside a module of JAX, whose graph cannot be looked into.',
        JaxOuterDropout,
        spec={
            'image_size': {'height': 16, 'width': 16},
            'num_features': 24,
            'fine_tuning': {'trainable_variables': 5, 'training_argument': True, 'training_effects': ['dropout']},
            'runs': 10,
        },
    ),
    'noise-by-parameters': hidden(
        NoiseByParameters,
        'Outputs are drawn from a normal distribution whose mean and deviation two layers give.',
        fine_tuning=CONTINUOUS['fine_tuning'] | {'trainable_variables': 9},
    ),
}
