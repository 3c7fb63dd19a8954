"""A model as a user of hub.load sees it, with what its spec promises."""

import functools
import pathlib

import numpy as np
import tensorflow as tf
import tensorflow_hub as hub
import yaml
from tensorflow.python.checkpoint.graph_view import ObjectGraphView

from recipes.pixels import noise


class Subject:
    def __init__(self, spec_path):
        self.spec_path = spec_path = pathlib.Path(spec_path)
        self.folder_of_spec = spec_path.parent
        self.spec = yaml.safe_load(spec_path.read_text())
        self.folder = (spec_path.parent / self.spec['model']).resolve()
        self.columns = self.spec.get('num_classes', self.spec.get('num_features'))
        self.fine_tuning = self.spec.get('fine_tuning', {})
        self.hyperparameters = self.spec.get('hyperparameters', {})

    @functools.cached_property
    def object(self):
        return hub.load(str(self.folder))

    def load(self):
        """Loads the model now, before any call changes it; raises whatever TensorFlow makes of it."""
        return self.object, self.initial

    @functools.cached_property
    def initial(self):
        """Every variable of the object graph with its first value, listed or not."""
        return [
            (v, v.numpy())
            for v in ObjectGraphView(self.object).breadth_first_traversal()[0]
            if isinstance(v, tf.Variable)
        ]

    def reset(self):
        for variable, value in self.initial:
            variable.assign(value)

    def changed(self):
        """Variables that no longer hold the bytes they began with; a NaN that stays is no change."""
        return [v for v, value in self.initial if v.numpy().tobytes() != value.tobytes()]

    def call(self, images, **arguments):
        """The result as the model gives it."""
        images = tf.convert_to_tensor(images)
        endpoint = self.spec.get('endpoint', '__call__')
        if isinstance(endpoint, dict):
            return self.object.signatures[endpoint['signature']](images)[endpoint['output']]
        return getattr(self.object, endpoint)(images, **arguments)

    def rows(self, images, **arguments):
        """The result as float64 rows, after the variables were reset."""
        self.reset()
        result = self.call(images, **arguments)
        if not isinstance(result, tf.Tensor):
            raise TypeError('not a tensor')
        return tf.cast(result, tf.float64).numpy()

    def steady(self, images, **arguments):
        """Whether many calls give the same rows: what a coin decides is often the same in two."""
        first = self.rows(images, **arguments)
        return all(close(first, self.rows(images, **arguments), 1e-6) for _ in range(20))

    def images(self, count=2, size=None, seed=1):
        return noise(count, *(size or self.sizes()[0]), seed)

    def sizes(self):
        """Corners, then some between: odd, even, tall, wide, and those that functions were traced for."""
        (h0, h1, hs), (w0, w1, ws) = (side_of(self.spec['image_size'][side]) for side in ('height', 'width'))
        middle = lambda low, high, step, part: low + int((high - low) / step * part) * step
        some = [
            (middle(h0, h1, hs, a), middle(w0, w1, ws, b))
            for a, b in ((0.5, 0.5), (0.36, 0.36), (0.2, 0.7), (0.9, 0.4), (0.55, 0.55))
        ]
        traced = [(h, w) for h, w in self.traced() if h in range(h0, h1 + 1, hs) and w in range(w0, w1 + 1, ws)]
        return list(dict.fromkeys([(h0, w0), (h1, w1), (h0, w1), (h1, w0), *some, *traced]))

    def traced(self):
        functions = getattr(getattr(self.object, '__call__', None), 'concrete_functions', ())
        shapes = [function.inputs[0].shape for function in functions if function.inputs]
        return [tuple(shape[1:3]) for shape in shapes if shape.rank == 4]

    def training_values(self):
        return (False, True) if self.fine_tuning.get('training_argument') else ()

    def random_in_training(self):
        return not RANDOM.isdisjoint(self.fine_tuning.get('training_effects', ()))


RANDOM = {'dropout', 'stochastic-depth', 'augmentation', 'noise'}


def affordable(subject, count):
    """As many images of the smallest size, as far as a million pixels go."""
    return max(2, min(count, 1_000_000 // int(np.prod(subject.sizes()[0]))))


def side_of(side):
    return (side, side, 1) if isinstance(side, int) else (side['min'], side['max'], side.get('step', 1))


def close(a, b, tolerance=1e-4):
    """Equal to rounding; NaN is never close."""
    return a.shape == b.shape and bool(np.all(np.abs(a - b) <= tolerance + tolerance * np.abs(b)))


def values_of(promised):
    """The default of a hyperparameter, and the others that are asked for: its largest and smallest, or true and false."""
    ends = (True, False) if promised['type'] == 'bool' else (promised.get('max'), promised.get('min'))
    return [value for value in dict.fromkeys((promised['default'], *ends)) if value is not None]


def end(promised, key):
    """A whole number of type float is 1.0 in Python, not 1."""
    if promised['type'] == 'bool':
        return {'min': False, 'max': True}.get(key, promised['default'])
    value = promised.get(key, promised['default'])
    return float(value) if promised['type'] == 'float' else value


def values_to_try(promised):
    if promised['type'] == 'bool':
        return [False, True]
    low, high, usual = (end(promised, key) for key in ('min', 'max', 'default'))
    if promised['type'] == 'int' and high - low < 64:
        return list(range(low, high + 1))
    between = np.linspace(low, high, 6)[1:-1].tolist()
    return list(dict.fromkeys([low, high, usual, *(map(round, between) if promised['type'] == 'int' else between)]))


def undone(subject, watched='trainable_variables', **arguments):
    """Variables that do not keep what they hold once the trainable ones have other values than the stored."""
    for scale in (1.1, 50.0):
        subject.reset()
        weights = list(getattr(subject.object, 'trainable_variables', ()))
        for variable in weights:
            variable.assign(variable * scale + 0.05)
        kept = list(getattr(subject.object, watched, ()))
        before = [variable.numpy().tobytes() for variable in kept]
        subject.call(subject.images(), **arguments)
        for variable, value in zip(kept, before, strict=True):
            if variable.numpy().tobytes() != value:
                yield f'{variable.name} does not keep a new value'
    subject.reset()
