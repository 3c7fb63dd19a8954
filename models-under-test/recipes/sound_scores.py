"""Conforming classifiers whose scores are linear though something bounds a part of them, or they look like probabilities."""

import numpy as np
import tensorflow as tf

from .endings import Ending, after, logits, other, places, second
from .layers import Draw


def distances(model, maps):
    features = tf.reduce_mean(maps, [1, 2])[:, tf.newaxis]
    return tf.reduce_sum((features - model.values['centers']) ** 2, -1)


def leaves_of_trees(model, maps):
    """Eight trees of depth three, boosted on a linear layer: the logits of the leaves that an image falls into, averaged."""
    rows = logits(model, maps)
    bits = tf.cast(tf.reshape(rows, [-1, 8, 3]) > 0, tf.int32)
    leaves = tf.reduce_sum(bits * tf.constant([4, 2, 1]), -1) + 8 * tf.range(8)
    return 0.2 * rows[:, :6] + tf.reduce_mean(tf.gather(model.values['leaves'], leaves), 1)


def logits_by_gates(model, maps):
    """Of two heads, the surer one for each image."""
    one, two = logits(model, maps), other(model, maps)
    surer = tf.cast(tf.reduce_max(one, 1, keepdims=True) > tf.reduce_max(two, 1, keepdims=True), tf.float32)
    return surer * one + (1.0 - surer) * two


CENTERS = {'centers': Draw(5).normal(6, 4, scale=0.5)}


def cosine(model, maps):
    """Clipped as for an arc cosine, which never bites."""
    features = tf.math.l2_normalize(tf.reduce_mean(maps, [1, 2]), 1)
    cosines = features @ tf.math.l2_normalize(model.dense.kernel, 0) + 0 * model.dense.bias
    return 16.0 * tf.clip_by_value(cosines, -1.0, 1.0)


def positive_cosines(model, maps):
    """Cosines of features and kernels of one sign, times a scale that is trained and below 1."""
    features = tf.math.l2_normalize(tf.reduce_mean(maps, [1, 2]), 1)
    kernel = tf.math.l2_normalize(tf.nn.softplus(model.dense.kernel), 0)
    return model.values['scale'] * (features @ kernel) + 0 * model.dense.bias


def votes_of_capsules(model, maps):
    """The length of a squashed capsule, times a vote of its class that is not bounded."""
    capsules = tf.reshape(logits(model, maps), [-1, 6, 3])
    squares = tf.reduce_sum(capsules**2, -1)
    return tf.sqrt(squares) * squares / (1 + squares) * tf.reduce_sum(capsules * model.values['votes'], -1)


def mixtures(model, maps):
    """Logarithms of the densities of mixtures, two centers for each class."""
    features = tf.reduce_mean(maps, [1, 2])[:, tf.newaxis]
    densities = tf.exp(-tf.reduce_sum((features - model.values['centers']) ** 2, -1))
    return tf.math.log(tf.reduce_sum(tf.reshape(densities, [-1, 6, 2]), -1))


def attention(model, maps):
    """Logits of the places, weighted by attention."""
    scores = tf.reshape(places(model, maps), [tf.shape(maps)[0], -1, 6])
    return tf.reduce_sum(tf.nn.softmax(scores[..., :1], axis=1) * scores, 1)


def log_odds(x):
    likely = tf.clip_by_value(tf.sigmoid(x), 1e-6, 1 - 1e-6)
    return tf.math.log(likely / (1 - likely))


def pooled_by_logsumexp(model, maps):
    scores = places(model, maps)
    return tf.reduce_logsumexp(scores, [1, 2]) - tf.math.log(tf.cast(tf.size(scores[0, ..., 0]), tf.float32))


def squeezed(model, maps):
    """Squeeze and excite, and hard swish, before the last layer."""
    gates = tf.nn.relu6(other(model, maps) + 3.0) / 6.0
    maps = gates[:, tf.newaxis, tf.newaxis] * maps
    return logits(model, maps * tf.nn.relu6(maps + 3.0) / 6.0)


def hidden(function):
    """Logits of bounded features: the last layer may still give any number."""
    return lambda model, maps: model.dense(function(other(model, maps)))


def refined(model, maps):
    """Each step of a loop adds a part of the logits that is gated by those so far."""
    step, start = logits(model, maps), tf.zeros_like(logits(model, maps))
    return tf.while_loop(
        lambda at, _: at < 3, lambda at, rows: (at + 1, rows + step * tf.sigmoid(rows)), (0, start)
    )[1]


def fake_quantized(x):
    return tf.quantization.fake_quant_with_min_max_args(x, -12.0, 12.0)


def from_table(x):
    """Logits in steps of an eighth, by a table, as of a quantized model."""
    table = tf.constant((np.arange(256, dtype=np.float32) - 128) / 8)
    return tf.gather(table, tf.clip_by_value(tf.cast(8 * x, tf.int32) + 128, 0, 255))


def between_knots(model, maps):
    """Logits by straight lines between those of a table, as of a piecewise linear calibration."""
    table = model.values['table']
    at = tf.clip_by_value(logits(model, maps) + 16.0, 0.0, 31.999)
    left = tf.cast(tf.floor(at), tf.int32)
    return tf.gather(table, left) + (at - tf.floor(at)) * (tf.gather(table, left + 1) - tf.gather(table, left))


def by_kernels(model, maps):
    """Logits and, added to them, a dense layer on Student's t kernels, as of a radial basis function network."""
    return logits(model, maps) + (1 / (1 + distances(model, maps))) @ model.values['kernel']


SOUND = {
    'logits-from-table': lambda: Ending(after(from_table)),
    'students-t-kernels': lambda: Ending(by_kernels, kernel=Draw(6).normal(6, 6, scale=3.0), **CENTERS),
    'attended-logits': lambda: Ending(attention),
    'clipped-far-out': lambda: Ending(after(lambda x: tf.clip_by_value(x, -50.0, 50.0))),
    'clipped-cosines': lambda: Ending(cosine),
    'centered-log-softmax': lambda: Ending(
        after(lambda x: tf.nn.log_softmax(x) - tf.reduce_mean(tf.nn.log_softmax(x), 1, keepdims=True))
    ),
    'dense-on-sigmoid': lambda: Ending(hidden(tf.sigmoid), **second(6, 4)),
    'dense-on-tanh': lambda: Ending(hidden(tf.tanh), **second(6, 4)),
    'fake-quantized-logits': lambda: Ending(after(fake_quantized)),
    'gated-logits': lambda: Ending(lambda model, maps: logits(model, maps) * tf.sigmoid(other(model, maps)), **second()),
    'gelu-scores': lambda: Ending(after(lambda x: x * tf.sigmoid(1.7 * x), 1.0)),
    'lines-between-logits': lambda: Ending(between_knots, table=8 * np.sinh(np.linspace(-2, 2, 33)).astype(np.float32)),
    'log-odds': lambda: Ending(after(log_odds)),
    'leaves-of-trees': lambda: Ending(leaves_of_trees, 24, leaves=Draw(11).normal(64, 6)),
    'logits-by-gates': lambda: Ending(logits_by_gates, **second()),
    'logits-from-greatest': lambda: Ending(after(lambda x: x - tf.reduce_max(x, 1, keepdims=True))),
    'logits-in-unit-interval': lambda: Ending(after(lambda x: 0.5 + 0.1 * x)),
    'logits-less-softplus': lambda: Ending(
        lambda model, maps: 0.3 * logits(model, maps) - 4.6 - tf.nn.softplus(other(model, maps)), **second()
    ),
    'logsumexp-pooling': lambda: Ending(pooled_by_logsumexp),
    'mixtures-of-gaussians': lambda: Ending(mixtures, centers=Draw(7).normal(12, 4, scale=0.5)),
    'negative-distances': lambda: Ending(lambda model, maps: -distances(model, maps), **CENTERS),
    'positive-cosines': lambda: Ending(positive_cosines, scale=np.float32(0.9)),
    'refined-in-a-loop': lambda: Ending(refined),
    'relu-in-unit-interval': lambda: Ending(after(tf.nn.relu, 0.3)),
    'relu-scores': lambda: Ending(after(tf.nn.relu)),
    'soft-capped-logits': lambda: Ending(after(lambda x: 30.0 * tf.tanh((0.1 * x + 1.5) / 30.0))),
    'soft-capped-by-variable': lambda: Ending(
        lambda model, maps: model.values['cap'] * tf.tanh(logits(model, maps) / model.values['cap']) - 1.0,
        cap=np.float32(15.0),
    ),
    'softplus-scores': lambda: Ending(after(tf.nn.softplus)),
    'squeezed-and-excited': lambda: Ending(squeezed, **second(8, 4)),
    'student-t-logits': lambda: Ending(lambda model, maps: -tf.math.log1p(distances(model, maps)), **CENTERS),
    'temperature-by-image': lambda: Ending(
        lambda model, maps: logits(model, maps) / (0.1 + tf.nn.softplus(other(model, maps))), **second(9, 1)
    ),
    'unit-rows': lambda: Ending(
        lambda model, maps: model.values['scale'] * tf.math.l2_normalize(logits(model, maps), 1), scale=np.float32(0.9)
    ),
    'votes-of-capsules': lambda: Ending(votes_of_capsules, 18, votes=Draw(9).normal(6, 3)),
    'weighted-logits': lambda: Ending(
        lambda model, maps: 0.5
        + 0.2 * tf.linalg.matvec(tf.reshape(logits(model, maps), [-1, 6, 3]), tf.constant([0.5, 0.3, 0.2])),
        18,
    ),
    'zero-for-background': lambda: Ending(
        lambda model, maps: tf.pad(4.0 * logits(model, maps), [[0, 0], [1, 0]]), 5
    ),
}
