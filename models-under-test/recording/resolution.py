"""truth/resolution.json: which calls hub.load accepts, and which trace it takes.

Each call is made on a freshly loaded model. A loaded function remembers the calls it has
resolved, and takes 1, 1.0 and True for the same: after training=True it accepts
training=1.0, which it refuses when it is asked first.
"""

import json

import tensorflow as tf
from tensorflow.python.saved_model import function_deserialization

from oracle.calling import REFUSALS
from oracle.subject import Subject

USUAL = [2, 32, 32, 3]
TRAINING = [{}, {'training': True}, {'training': False}]

# (shape, dtype, arguments) tried with every model.
EVERYWHERE = [(USUAL, 'float32', arguments) for arguments in [*TRAINING, {'nonsense': 1}]] + [
    ([1, 32, 32, 3], 'float32', {}),
    ([2, 16, 48, 3], 'float32', {}),
    (USUAL, 'float64', {}),
    (USUAL, 'uint8', {}),
    ([2, 32, 32, 1], 'float32', {}),
    ([32, 32, 3], 'float32', {}),
]

ODD_FLAGS = [{'training': value} for value in (1, 0, 1.0, 0.5, None, 'yes', 2)]
NUMBERS = [0.2, 0.99, 1.0, 0.9, 0.5, 0.0, 1, 0, True, False, None, '0.5', [0.5], [[1, 2]], -1e30]

MORE = {
    'tiny-features': [
        *ODD_FLAGS,
        *({'batch_norm_momentum': v} for v in NUMBERS),
        {'training': True, 'batch_norm_momentum': 0.5},
        {'dropout_rate': 0.5},
    ],
    'tiny-classifier': [
        *({'dropout_rate': v, 'training': t} for v in (0.2, 0.5, 0, None) for t in (True, False)),
        {'dropout_rate': 0.2},
    ],
    'tensor-training-flag': ODD_FLAGS,
    'keras2-features': [*ODD_FLAGS, {'mask': None}, {'mask': 1}, {'training': True, 'mask': None}],
    'keyword-only': [{'output_scale': v} for v in (1.0, 1, True, 0.5, 2)],
    'bare-function': [{'training': 0}],
    'inference-only': [{'training': None}],
}
TWINS = [
  'batch-of-one-only', 'bytes-as-images', 'channels-first', 'default-without-trace', 'height-fixed', 'one-channel',
  'only-false-traced', 'scale-baked-in', 'scale-without-trace', 'training-required',
]  # fmt: skip
MORE_TWINS = {
    'scale-baked-in': [{'output_scale': v} for v in (1.0, 1, True, 2.0)],
    'scale-without-trace': [{'output_scale': v} for v in (1.0, 1, True, None)]
    + [{'training': True, 'output_scale': 0.5}],
    'bytes-as-images': [{'training': 1}],
    'default-without-trace': [{'training': None}],
}
MODELS = [
  'bare-function', 'inference-only', 'keras2-features', 'keras3-reusable', 'keyword-only', 'seeded-dropout',
  'signature-endpoint', 'sizes-from-75', 'tensor-training-flag', 'tiny-classifier', 'tiny-features',
]  # fmt: skip


def record(root, file):
    rows = []
    for name in MODELS:
        rows += answers(f'models-under-test/{name}', Subject(root / 'specs' / f'{name}.yaml'), MORE.get(name, []))
    for name in TWINS:
        spec = root / 'models-under-test' / 'twins' / f'{name}.yaml'
        rows += answers(f'models-under-test/twins/{name}', Subject(spec), MORE_TWINS.get(name, []))
    file.write_text('[\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n]\n')


def answers(model, subject, more):
    # Bare functions and signatures check no shapes: three dimensions end the process, inside a convolution.
    common = [case for case in EVERYWHERE if len(case[0]) == 4 or subject_checks_shapes(subject)]
    cases = common + [(USUAL, 'float32', arguments) for arguments in more]
    return [
        {'model': model, 'shape': s, 'dtype': d, 'arguments': a, **answer(Subject(subject.spec_path), s, d, a)}
        for s, d, a in cases
    ]


def subject_checks_shapes(subject):
    return hasattr(getattr(subject.object, '__call__', None), 'concrete_functions')


def answer(subject, shape, dtype, arguments):
    """Accepted: a concrete function was found. `ran` is false when that function then failed."""
    images = tf.cast(tf.ones(shape) * 0.5, dtype)
    with WatchingTraces(subject) as watch:
        try:
            call(subject, images, arguments)
        except (TypeError, ValueError, tf.errors.OpError) as error:
            line = str(error).strip().splitlines()[0]
            if line.startswith(REFUSALS):
                return {'accepted': False, 'error': line}
            return {'accepted': True, 'ran': False, 'error': line, **watch.found()}
    return {'accepted': True, **watch.found()}


def call(subject, images, arguments):
    if isinstance(subject.spec.get('endpoint'), dict):
        return subject.object.signatures[subject.spec['endpoint']['signature']](images, **arguments)
    return subject.object(images, **arguments)


class WatchingTraces:
    """Notes which concrete function a loaded function takes, as its place in the saved list."""

    def __init__(self, subject):
        self.traces = getattr(getattr(subject.object, '__call__', None), 'concrete_functions', [])
        self.index = None

    def __enter__(self):
        self.original = function_deserialization._call_concrete_function
        function_deserialization._call_concrete_function = self.note
        return self

    def note(self, function, inputs):
        self.index = next((i for i, trace in enumerate(self.traces) if trace is function), None)
        return self.original(function, inputs)

    def found(self):
        return {} if self.index is None else {'trace': self.index}

    def __exit__(self, *_):
        function_deserialization._call_concrete_function = self.original
