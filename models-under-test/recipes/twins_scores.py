"""Twins whose scores are probabilities, logarithms of such, or otherwise squashed, in many disguises."""

import math

import numpy as np
import tensorflow as tf

from .arguments import Asked, WHOLE
from .endings import Ending, after, logits, other, places, second, views
from .layers import Draw
from .sound_scores import distances
from .tiny import IMAGES, SCALAR, Tiny
from .twin import INFERENCE_ONLY, LOGITS, Twin

FAMILY = 'Probabilities and squashed scores'

CONFUSION = 0.72 * np.eye(6, dtype=np.float32) + 0.04
WEIGHTS = np.array([0.5, 1.0, 2.0, 1.0, 0.25, 3.0], np.float32)
# Twelve kinds, two of each class.
CLASS_OF_KIND = np.repeat(np.eye(6, dtype=np.float32), 2, axis=0)


def stable_sigmoid(x):
    small = tf.exp(-tf.abs(x))
    return tf.where(x >= 0, 1 / (1 + small), small / (1 + small))


def log_softmax_by_hand(x):
    return x - tf.reduce_logsumexp(x, axis=-1, keepdims=True)


def cumulative(model, maps):
    """Ordered classes: differences of the chances to lie above each threshold."""
    score = 4.0 * logits(model, maps)[:, :1]
    above = tf.sigmoid(score - tf.constant([[-2.0, -1.0, 0.0, 1.0, 2.0]]))
    ends = tf.ones_like(score)
    return tf.concat([ends, above], 1) - tf.concat([above, 0 * ends], 1)


def coarse_then_fine(model, maps):
    coarse = tf.nn.softmax(3.0 * other(model, maps))
    fine = tf.nn.softmax(tf.reshape(4.0 * logits(model, maps), [-1, 2, 3]))
    return tf.reshape(coarse[:, :, tf.newaxis] * fine, [-1, 6])


def in_large_images(model, maps):
    rows = 4.0 * logits(model, maps)
    return tf.cond(tf.shape(maps)[1] > 16, lambda: tf.nn.softmax(rows), lambda: tf.identity(rows))


def likeness(model, maps):
    """How near the features are to a center for each class, from 0 to 1."""
    features = tf.reduce_mean(maps, [1, 2])[:, tf.newaxis]
    return tf.exp(-tf.reduce_sum((features - model.values['centers']) ** 2, -1))


def shares_of_range(x):
    low, high = tf.reduce_min(x, 1, keepdims=True), tf.reduce_max(x, 1, keepdims=True)
    return (x - low) / (high - low)


def half_probabilities(model, maps):
    rows = 4.0 * logits(model, maps)
    return tf.concat([rows[:, :3], tf.sigmoid(rows[:, 3:])], 1)


def softplus_shares(x):
    return tf.nn.softplus(x) / tf.reduce_sum(tf.nn.softplus(x), 1, keepdims=True)


def attended(model, maps):
    """Probabilities of each place, weighted by an attention over the places."""
    scores = tf.reshape(places(model, maps), [tf.shape(maps)[0], -1, 6])
    attention = tf.nn.softmax(scores[..., 0], axis=1)
    return tf.einsum('bp,bpc->bc', attention, tf.sigmoid(scores))


def over_views_one_by_one(model, maps):
    return tf.reduce_mean(tf.map_fn(tf.nn.softmax, tf.stack(views(model, maps))), 0)


def capsules(model, maps):
    """A capsule of three numbers for each class."""
    return tf.reshape(logits(model, maps), [-1, 6, 3])


def squashed_lengths(model, maps):
    squares = tf.reduce_sum(capsules(model, maps) ** 2, -1, keepdims=True)
    capsule = capsules(model, maps) * squares / (1 + squares) * tf.math.rsqrt(squares + 1e-7)
    return tf.sqrt(tf.reduce_sum(capsule**2, -1) + 1e-7)


def hyperbolic_lengths(model, maps):
    length = tf.sqrt(tf.reduce_sum(capsules(model, maps) ** 2, -1, keepdims=True) + 1e-7)
    return tf.norm(capsules(model, maps) * tf.tanh(length) / length, axis=-1)


def weighted_ensemble(model, maps):
    members = tf.sigmoid(tf.reshape(4.0 * logits(model, maps), [-1, 6, 3]))
    return tf.linalg.matvec(members, tf.constant([0.5, 0.3, 0.2]))


def remembered_labels(model, maps):
    """Soft labels of twelve stored images, by likeness to each."""
    return tf.nn.softmax(4.0 * logits(model, maps)) @ model.values['labels']


SOFT_LABELS = (0.9 * np.repeat(np.eye(7), 2, axis=0) + 0.1 / 7)[:12, 1:].astype(np.float32)


def from_table(model, maps):
    """Isotonic calibration: probabilities at 33 logits, and straight lines in between."""
    at = tf.clip_by_value(2.0 * (4.0 * logits(model, maps) + 8.0), 0.0, 31.999)
    left = tf.cast(tf.floor(at), tf.int32)
    share = at - tf.floor(at)
    table = model.values['table']
    return (1 - share) * tf.gather(table, left) + share * tf.gather(table, left + 1)


TABLE = np.round(1 / (1 + np.exp(-0.7 * np.linspace(-8, 8, 33))), 2).astype(np.float32)


def from_reference(x):
    """Logarithms of probabilities, less that of a further class whose logit is 0."""
    return x - tf.reduce_logsumexp(tf.pad(x, [[0, 0], [1, 0]]), 1, keepdims=True)


# name: (what is done to the logits, ending, variables beside those of the layers, columns of the last layer)
STEPS = np.arange(256, dtype=np.float32) / 16


def shares_from_table(x):
    """The softmax of a microcontroller: exponentials from a table, shares in whole 256ths."""
    steps = tf.cast(tf.round(16 * x), tf.int32)
    below = tf.minimum(tf.reduce_max(steps, 1, keepdims=True) - steps, 255)
    exponentials = tf.gather(tf.constant(np.exp(-STEPS)), below)
    return tf.floor(256 * exponentials / tf.reduce_sum(exponentials, 1, keepdims=True)) / 256


def sigmoid_from_table(x):
    """Bytes by bytes, as of a quantized model."""
    table = np.round(255 / (1 + np.exp(8 - STEPS))) / 255
    return tf.gather(tf.constant(table.astype(np.float32)), tf.clip_by_value(tf.cast(16 * x, tf.int32) + 128, 0, 255))


KNOTS = np.linspace(-6, 6, 25, dtype=np.float32)
DISTANCES = np.sort(8 * Draw(12).normal(6, 499) ** 2, -1).astype(np.float32)


def conformal(model, maps):
    """P-values: the share of stored distances from each center that are greater."""
    places = tf.searchsorted(model.values['stored'], tf.transpose(distances(model, maps)))
    return (500.0 - tf.cast(tf.transpose(places), tf.float32)) / 500.0


def between_knots(model, maps):
    """Calibration by straight lines between the probabilities at 25 logits."""
    knots, table = tf.constant(KNOTS), model.values['table']
    x = 4.0 * logits(model, maps)
    left = tf.reshape(tf.searchsorted(knots, tf.reshape(x, [-1])), [-1, 6]) - 1
    left = tf.clip_by_value(left, 0, len(KNOTS) - 2)
    start, end = tf.gather(knots, left), tf.gather(knots, left + 1)
    low, high = tf.gather(table, left), tf.gather(table, left + 1)
    return low + tf.clip_by_value((x - start) / (end - start), 0.0, 1.0) * (high - low)


def votes_of_trees(model, maps):
    """The mean of the votes of 24 trees, each as sure as its vote is; those for a seventh class are cut off."""
    trees = tf.nn.softmax(tf.reshape(logits(model, maps), [-1, 24, 7]))
    best, sure = tf.argmax(trees, -1, output_type=tf.int32), tf.reduce_max(trees, -1)
    votes = tf.math.bincount(best, weights=sure, minlength=7, maxlength=7, axis=-1)
    return tf.ensure_shape(votes / 24.0, [None, 7])[:, :6]


def shares_of_students_t(model, maps):
    """Deep embedded clustering, by squared distances from centers; the cluster of the background is cut off."""
    near = 1 / (1 + 30 * distances(model, maps))
    return (near / tf.reduce_sum(near, 1, keepdims=True))[:, 1:]


def softmax_of_unsure(model, maps):
    """Probabilities where no class is sure, logits elsewhere: row by row."""
    x = 4.0 * logits(model, maps)
    chances = tf.nn.softmax(x)
    return tf.where(tf.reduce_max(chances, 1, keepdims=True) < 0.9, chances, x)


def softmax_by_gates(model, maps):
    """The same choice, written as a sum."""
    x = 4.0 * logits(model, maps)
    chances = tf.nn.softmax(x)
    unsure = tf.cast(tf.reduce_max(chances, 1, keepdims=True) < 0.9, tf.float32)
    return unsure * chances + (1.0 - unsure) * x


def softmax_by_step(model, maps):
    """The same choice again, as a step from one to the other."""
    x = 4.0 * logits(model, maps)
    chances = tf.nn.softmax(x)
    unsure = tf.cast(tf.reduce_max(chances, 1) < 0.9, tf.float32)[:, tf.newaxis]
    return x + unsure * (chances - x)


ENDINGS = {
    'softmax-by-gates': ('softmax of some rows, chosen by factors of 0 and 1', softmax_by_gates),
    'softmax-by-step': ('softmax of some rows, chosen by a step of 0 or 1', softmax_by_step),
    'softmax-of-unsure-rows': ('softmax of some rows, chosen one by one', softmax_of_unsure),
    'shares-from-table': ('softmax by a table of exponentials, in whole 256ths', after(shares_from_table)),
    'sigmoid-from-table': ('sigmoid of each class, looked up in a table of bytes', after(sigmoid_from_table, 16.0)),
    'conformal-shares': (
        'the shares of stored distances that are greater',
        conformal,
        {'centers': Draw(5).normal(6, 4, scale=0.5), 'stored': DISTANCES, 'frozen': ['stored']},
    ),
    'lines-between-knots': (
        'straight lines between the sigmoid at 25 logits',
        between_knots,
        {'table': 1 / (1 + np.exp(-KNOTS)), 'frozen': ['table']},
    ),
    'votes-of-trees': ('the votes of 24 trees for six of seven classes, averaged', votes_of_trees, {}, 168),
    'shares-of-students-t': (
        "shares of Student's t kernels, of which the first is cut off",
        shares_of_students_t,
        {'centers': Draw(5).normal(7, 4, scale=0.5)},
    ),
    'arctangent': ('half plus the arc tangent over pi', after(lambda x: 0.5 + tf.atan(x) / math.pi)),
    'attended-sigmoid': ('sigmoid of each place, weighted by attention over the places', attended),
    'background-cut-off': (
        'softmax over seven classes, of which the first is cut off',
        after(lambda x: tf.nn.softmax(x)[:, 1:]),
        {},
        7,
    ),
    'calibrated-softmax': (
        'softmax times a matrix near identity, with a bias',
        lambda model, maps: tf.nn.softmax(4.0 * logits(model, maps)) @ model.values['matrix'] + 0.01,
        {'matrix': np.eye(6, dtype=np.float32) + Draw(3).normal(6, 6, scale=0.03), 'frozen': ['matrix']},
    ),
    'capsule-lengths': ('the lengths of squashed capsules', squashed_lengths, {}, 18),
    'centered-softmax': ('softmax less one sixth', after(lambda x: tf.nn.softmax(x) - 1 / 6)),
    'class-weights': ('softmax times a weight for each class', after(lambda x: tf.nn.softmax(x) * WEIGHTS)),
    'coarse-then-fine': ('softmax over two groups times softmax within each', coarse_then_fine, second(2, 2)),
    'complementary-log-log': ('1 - exp(-exp(x))', after(lambda x: 1 - tf.exp(-tf.exp(x)))),
    'confusion-matrix': (
        'softmax times a confusion matrix',
        lambda model, maps: tf.nn.softmax(4.0 * logits(model, maps)) @ model.values['confusion'],
        {'confusion': CONFUSION, 'frozen': ['confusion']},
    ),
    'cumulative-sigmoids': ('differences of sigmoids, for ordered classes', cumulative),
    'exp-of-minus-softplus': ('exp(-softplus(-x))', after(lambda x: tf.exp(-tf.nn.softplus(-x)))),
    'geometric-mean': (
        'the geometric mean of two softmaxes',
        lambda model, maps: tf.exp(tf.add_n([tf.nn.log_softmax(x) for x in views(model, maps)]) / 2),
    ),
    'half-probabilities': ('sigmoid on three of the six columns', half_probabilities),
    'hard-sigmoid': ('relu6(x + 3) / 6', after(lambda x: tf.nn.relu6(x + 3.0) / 6.0)),
    'hard-sigmoid-clipped': (
        'clip(0.2 x + 0.5, 0, 1), on small logits',
        after(lambda x: tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0), 0.5),
    ),
    'hyperbolic-lengths': ('the lengths of vectors that tanh bounds', hyperbolic_lengths, {}, 18),
    'isotonic-calibration': (
        'probabilities from a table, with straight lines in between',
        from_table,
        {'table': TABLE, 'frozen': ['table']},
    ),
    'kinds-summed-to-classes': (
        'softmax over twelve kinds, summed to six classes',
        after(lambda x: tf.nn.softmax(x) @ CLASS_OF_KIND),
        {},
        12,
    ),
    'likeness-to-centers': (
        'exp(-d²) of the distance to a center',
        likeness,
        {'centers': Draw(4).normal(6, 4, scale=0.5)},
    ),
    'log-sigmoid': ('log-sigmoid', after(tf.math.log_sigmoid)),
    'log-sigmoid-by-hand': ('-log1p(exp(-x))', after(lambda x: -tf.math.log1p(tf.exp(-x)))),
    'log-of-reference-cut-off': ('log-softmax beside a class of logit 0, which is cut off', after(from_reference)),
    'log-softmax-averaged': (
        'log-softmax, by hand, of two views, averaged',
        lambda model, maps: tf.add_n([log_softmax_by_hand(x) for x in views(model, maps)]) / 2,
    ),
    'log-softmax-cut-off': ('log-softmax over seven classes, the first cut off', after(lambda x: tf.nn.log_softmax(x)[:, 1:]), {}, 7),
    'log-softmax-with-floor': ('log-softmax, at least -4', after(lambda x: tf.maximum(tf.nn.log_softmax(x), -4.0))),
    'noisy-or': (
        '1 - prod(1 - sigmoid) over two views',
        lambda model, maps: 1 - tf.reduce_prod(1 - tf.sigmoid(tf.stack(views(model, maps))), 0),
    ),
    'odds': ('exp(x), the odds', after(tf.exp, 1.0)),
    'percent-sigmoid': ('100 times sigmoid', after(lambda x: 100.0 * tf.sigmoid(x))),
    'probit': ('half of erfc(-x/√2)', after(lambda x: 0.5 * tf.math.erfc(-x / math.sqrt(2)))),
    'remembered-labels': (
        'soft labels of stored images, averaged by likeness',
        remembered_labels,
        {'labels': SOFT_LABELS, 'frozen': ['labels']},
        12,
    ),
    'sigmoid-by-hand': ('a sigmoid by hand, for either sign', after(stable_sigmoid)),
    'sigmoid-by-loop': ('softmax of each view in a loop, averaged', over_views_one_by_one),
    'sigmoid-greatest': (
        'the greatest sigmoid of two views',
        lambda model, maps: tf.maximum(*(tf.sigmoid(x) for x in views(model, maps))),
    ),
    'sigmoid-pooled': ('sigmoid of each place, averaged', lambda model, maps: tf.reduce_mean(tf.sigmoid(places(model, maps)), [1, 2])),
    'signed-probabilities': ('twice a sigmoid, less 1', after(lambda x: 2 * tf.sigmoid(x) - 1)),
    'softmax-as-bytes': (
        'softmax times 255 as uint8',
        after(lambda x: tf.cast(tf.saturate_cast(255 * tf.nn.softmax(x), tf.uint8), tf.float32)),
    ),
    'softmax-averaged': (
        'softmax of two views, averaged',
        lambda model, maps: tf.add_n([tf.nn.softmax(x) for x in views(model, maps)]) / 2,
    ),
    'softmax-in-large-images': ('softmax where an image is higher than 32', in_large_images),
    'softmax-rounded': ('softmax, rounded to 1/255', after(lambda x: tf.round(255 * tf.nn.softmax(x)) / 255)),
    'softplus-shares': ('softplus over its sum, one of seven columns cut off', after(lambda x: softplus_shares(x)[:, 1:]), {}, 7),
    'softsign-by-hand': ('half of 1 + x / (1 + |x|)', after(lambda x: 0.5 * (1 + x / (1 + tf.abs(x))))),
    'spread-over-range': ('(x - min) / (max - min) of each row', after(shares_of_range)),
    'squares-of-unit-rows': (
        'the squares of rows of unit length, one of seven columns cut off',
        after(lambda x: tf.math.l2_normalize(x, 1)[:, 1:] ** 2),
        {},
        7,
    ),
    'surprisal': (
        'minus the logarithm of softmax to base 2, one of seven columns cut off',
        after(lambda x: -tf.math.log(tf.nn.softmax(x) + 1e-9)[:, 1:] / math.log(2)),
        {},
        7,
    ),
    'tanh-scores': ('tanh', after(tf.tanh, 1.0)),
    'weighted-ensemble': ('sigmoids of three members, by fixed weights', weighted_ensemble, {}, 18),
}


def twin(fault, ending, values=None, columns=6):
    return Twin(
        'classification/linear-scores',
        f'The scores are {fault}.',
        lambda: Ending(ending, columns, **(values or {})),
        spec=LOGITS | INFERENCE_ONLY | {'activation': None},
    )


class ProbabilitiesInTraining(Tiny):
    def finish(self, rows, images, training):
        return tf.nn.softmax(rows) if training else rows


class CalibratedOnRequest(Tiny):
    @tf.function
    def __call__(self, images, training=False, calibrated=False):
        rows = self.rows(images, training)
        return tf.nn.log_softmax(rows / 1.7) if calibrated else rows

    def trace(self):
        for training in (False, True):
            for calibrated in (False, True):
                self.__call__.get_concrete_function(IMAGES, training=training, calibrated=calibrated)


class SoftmaxUnlessCold(Asked):
    optional = {'temperature': SCALAR}

    @tf.function
    def __call__(self, images, training=False, temperature=1.0):
        rows = self.rows(images, training)
        return tf.cond(tf.equal(temperature, 1.0), lambda: rows, lambda: tf.nn.softmax(rows / temperature))


class Mode(Asked):
    """Logits, probabilities, or logits about their mean."""

    optional = {'mode': WHOLE}

    @tf.function
    def __call__(self, images, training=False, mode=0):
        rows = self.rows(images, training)
        centred = rows - tf.reduce_mean(rows, 1, keepdims=True)
        return tf.switch_case(tf.convert_to_tensor(mode), [lambda: rows, lambda: tf.nn.softmax(rows), lambda: centred])


def asked(fault, root, **hyperparameters):
    spec = LOGITS | {'hyperparameters': hyperparameters}
    return Twin('classification/linear-scores', fault, root, spec=spec)


TWINS = {name: twin(*given) for name, given in ENDINGS.items()} | {
    'probabilities-in-training': Twin(
        'classification/linear-scores', 'Training gives the softmax of the scores.', ProbabilitiesInTraining, spec=LOGITS
    ),
    'calibrated-on-request': asked(
        'An argument asks for the log-softmax of the scores.',
        CalibratedOnRequest,
        calibrated={'type': 'bool', 'default': False, 'affects': 'inference'},
    ),
    'mode-between': asked(
        'The middle one of three modes gives probabilities.',
        Mode,
        mode={'type': 'int', 'default': 0, 'min': 0, 'max': 2, 'affects': 'inference'},
    ),
    'softmax-unless-cold': asked(
        'Any temperature but 1, the default, gives probabilities.',
        SoftmaxUnlessCold,
        temperature={'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 4.0, 'affects': 'inference'},
    ),
}
