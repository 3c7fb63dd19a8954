"""Twins for the suite `dropout`. Random in training only, unless they say otherwise."""

import tensorflow as tf
from tensorflow.python.framework.function import Defun

from .inner_randomness import InnerDropout
from .layers import BatchNorm, Draw
from .tiny import IMAGES
from .twin import FINE_TUNING, LOGITS, Twin
from .wide import Wide

FAMILY = 'Dropped outputs'


class OnOutputs(Wide):
    """`change(rows)` is made of the rows in training."""

    def __init__(self, change):
        super().__init__()
        self.change = change

    def finish(self, rows, images, training):
        return self.change(rows) if training else rows


class ThenNorm(Wide):
    def finish(self, rows, images, training):
        return tf.nn.l2_normalize(dropped(rows, 0.2) if training else rows, axis=1)


class ThenReLU(Wide):
    def finish(self, rows, images, training):
        return tf.nn.relu(dropped(rows, 0.2) if training else rows)


class AfterReLU(Wide):
    def finish(self, rows, images, training):
        rows = tf.nn.relu(rows)
        return dropped(rows, 0.2) if training else rows


class ThenBias(Wide):
    def last(self, units, training):
        rows = tf.matmul(units, self.dense.kernel)
        return (rows * mask(tf.shape(rows), 0.2) if training else rows) + self.dense.bias


class ThenBatchNorm(Wide):
    """Dropped units take another value in each call, as the statistics of the batch do."""

    def __init__(self):
        super().__init__()
        self.last_norm = BatchNorm(Draw(92), self.columns, name='last_norm')
        self.list_variables(self.convolution, self.norm, self.hidden, self.dense, self.last_norm)

    def finish(self, rows, images, training):
        return self.last_norm(dropped(rows, 0.1) if training else rows, training)


class OverInnerDropout(InnerDropout):
    def finish(self, rows, images, training):
        return dropped(rows, 0.05) if training else rows


class LargeBatchesOnly(Wide):
    def finish(self, rows, images, training):
        if not training:
            return rows
        return tf.cond(tf.shape(rows)[0] > 4, lambda: dropped(rows, 0.2), lambda: tf.identity(rows))


class AtInferenceOnly(Wide):
    def finish(self, rows, images, training):
        return rows if training else dropped(rows, 0.2)


class ChannelsThenPooling(Wide):
    def head(self, maps, training):
        maps = self.wide_maps(maps)
        if training:
            maps = tf.nn.dropout(maps, 0.2, noise_shape=[tf.shape(maps)[0], 1, 1, self.columns])
        return self.pool(maps, training)


class BehindIf(Wide):
    """`training` is a bool tensor: one concrete function, and a tf.cond around the dropout."""

    def rows(self, images, training):
        return super().rows(images, False)

    def finish(self, rows, images, training):
        return tf.cond(training, lambda: dropped(rows, 0.2), lambda: tf.identity(rows))

    def trace(self):
        self.__call__.get_concrete_function(IMAGES, training=tf.TensorSpec([], tf.bool))


class InNestedFunction(Wide):
    """The mask is made in one function and applied in another."""

    @tf.function
    def draws(self, rows):
        return mask(tf.shape(rows), 0.2)

    @tf.function
    def masked(self, rows):
        return rows * self.draws(rows)

    def finish(self, rows, images, training):
        return self.masked(rows) if training else rows


class FromGenerator(Wide):
    """The random numbers come from a generator whose state is a variable, through stateless operations."""

    def __init__(self):
        super().__init__()
        self.generator = tf.random.Generator.from_seed(91)
        self.variables.append(self.generator.state)

    def finish(self, rows, images, training):
        return tf.where(self.generator.uniform(tf.shape(rows)) >= 0.2, rows / 0.8, 0.0) if training else rows


def in_library_call(rows):
    """By a node whose op is the name of a function in the graph's library, as TF1 wrote calls."""
    return Defun(tf.float32, func_name='output_dropout')(lambda x: dropped(x, 0.2))(rows)


def dropped(rows, rate):
    return tf.nn.dropout(rows, rate)


def mask(shape, rate):
    """1 / (1 - rate), or 0 as often as the rate says."""
    return tf.cast(tf.random.uniform(shape) >= rate, tf.float32) / (1 - rate)


def alpha_dropped(rows, rate=0.2):
    """As for self-normalising networks: dropped units take the lower limit of SELU."""
    low = -1.7580993408473766
    scale = ((1 - rate) * (1 + rate * low**2)) ** -0.5
    kept = tf.random.uniform(tf.shape(rows)) >= rate
    return tf.where(kept, rows, low) * scale - scale * low * rate


def at_rate(rate):
    return of_outputs(lambda: OnOutputs(lambda rows: dropped(rows, rate)), f'Outputs are dropped at rate {rate}.')


def of_outputs(root, fault, **options):
    """A twin that both checks see, named for the statistics."""
    also = {'dropout/no-mask-in-graph': 'the mask is in the graph'} | options.pop('also', {})
    return Twin('dropout/outputs-kept', fault, root, also=also, spec=WIDE | options)


def in_graph(root, fault, **options):
    """A twin named for the dataflow, which the statistics may see as well."""
    return Twin('dropout/no-mask-in-graph', fault, root, also=KEEPS_NOT, spec=WIDE | options)


def continuous(change, fault, effect):
    """The statistics find nothing: no value recurs."""
    spec = WIDE | {'fine_tuning': FINE_TUNED | {'training_effects': ['batch-norm', effect]}}
    return Twin('dropout/no-mask-in-graph', fault, lambda: OnOutputs(change), spec=spec)


FINE_TUNED = FINE_TUNING | {'trainable_variables': 7, 'training_effects': ['batch-norm', 'dropout']}
WIDE = {'num_features': 96, 'fine_tuning': FINE_TUNED}
KEEPS_NOT = {'dropout/outputs-kept': 'outputs are dropped'}

TWINS = {
    'dropout-after-relu': of_outputs(AfterReLU, 'Outputs are dropped at rate 0.2, after a ReLU.'),
    'dropout-alpha': of_outputs(
        lambda: OnOutputs(alpha_dropped),
        'Alpha dropout of the outputs at rate 0.2, which replaces them by a negative value.',
    ),
    'dropout-at-inference-only': of_outputs(
        AtInferenceOnly,
        'Outputs are dropped at rate 0.2, at inference and not in training.',
        also={
            'inference/deterministic': 'no two calls are the same',
            'inference/is-the-default': 'no two calls are the same',
            'batching/rows-independent': 'no row is the same twice',
        },
    ),
    'dropout-behind-if': in_graph(
        BehindIf,
        'Outputs are dropped at rate 0.2 in a branch of an If.',
        fine_tuning=FINE_TUNED | {'training_effects': ['dropout']},
    ),
    'dropout-channels-then-pooling': of_outputs(
        ChannelsThenPooling,
        'Whole channels are dropped at rate 0.2 before the mean over the pixels, which is the output.',
    ),
    'dropout-from-generator': in_graph(
        FromGenerator, 'Outputs are dropped at rate 0.2 by random numbers from a generator whose state is a variable.'
    ),
    'dropout-gaussian': continuous(
        lambda rows: rows * tf.random.normal(tf.shape(rows), 1.0, 0.5),
        'Gaussian dropout: outputs are multiplied by random numbers around 1.',
        'dropout',
    ),
    'dropout-in-library-call': in_graph(
        lambda: OnOutputs(in_library_call), 'Outputs are dropped at rate 0.2 by a call that names a function as its op.'
    ),
    'dropout-in-nested-function': in_graph(
        InNestedFunction, 'Outputs are dropped at rate 0.2 in a function that gets its mask from another.'
    ),
    'dropout-large-batches-only': of_outputs(
        LargeBatchesOnly, 'Outputs are dropped at rate 0.2 in batches of more than four.'
    ),
    'dropout-mask-shared': of_outputs(
        lambda: OnOutputs(lambda rows: tf.nn.dropout(rows, 0.2, noise_shape=[1, 96])),
        'Outputs are dropped at rate 0.2 with one mask for the whole batch.',
    ),
    'dropout-on-logits': of_outputs(
        lambda: OnOutputs(lambda rows: dropped(rows, 0.2)),
        'Logits are dropped at rate 0.2.',
        **(LOGITS | {'num_classes': 96, 'classes': 'labels-96.txt'}),
    ),
    'dropout-on-half': of_outputs(
        lambda: OnOutputs(lambda rows: tf.concat([dropped(rows[:, :48], 0.1), rows[:, 48:]], 1)),
        'The first half of the outputs is dropped at rate 0.1.',
    ),
    'dropout-over-inner-dropout': of_outputs(
        OverInnerDropout, 'Outputs are dropped at rate 0.05, after allowed dropout inside the model.'
    ),
    'dropout-outputs-090': in_graph(
        lambda: OnOutputs(lambda rows: dropped(rows, 0.9)),
        'Outputs are dropped at rate 0.9, which leaves too few values for the statistics.',
    ),
    'dropout-outputs-050': at_rate(0.5),
    'dropout-outputs-020': at_rate(0.2),
    'dropout-outputs-005': at_rate(0.05),
    'dropout-outputs-001': at_rate(0.01),
    'dropout-outputs-0005': at_rate(0.005),
    'dropout-then-batch-norm': in_graph(
        ThenBatchNorm,
        'Outputs are dropped at rate 0.1 before a batch norm, which changes the dropped values.',
        fine_tuning=FINE_TUNED | {'trainable_variables': 9},
    ),
    'dropout-then-bias': of_outputs(ThenBias, 'Outputs are dropped at rate 0.2, and the bias is added afterwards.'),
    'dropout-then-norm': of_outputs(ThenNorm, 'Outputs are dropped at rate 0.2, and rows are then scaled to length 1.'),
    'dropout-then-relu': of_outputs(ThenReLU, 'Outputs are dropped at rate 0.2 before a ReLU.'),
    'gaussian-noise-on-outputs': continuous(
        lambda rows: rows + tf.random.normal(tf.shape(rows), stddev=0.1),
        'Gaussian noise is added to the outputs.',
        'noise',
    ),
}
