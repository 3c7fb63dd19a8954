"""truth/<model>.json: results of calls, each on a freshly loaded model."""

import json

import numpy as np
import tensorflow as tf
import tensorflow_hub as hub

from oracle.subject import Subject, side_of, values_of
from recipes.pixels import noise


def record(spec_path, file):
    rows = [recorded(Subject(spec_path), *case) for case in cases(Subject(spec_path))]
    file.write_text('[\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n]\n')


def cases(subject):
    """(count, height, width, seed, arguments, through hub.KerasLayer?) for each call to record."""
    (h0, h1, hs), (w0, w1, ws) = (side_of(subject.spec['image_size'][side]) for side in ('height', 'width'))
    yield 2, h0, w0, 7, {}, False
    yield 1, h1, w0, 8, {}, False
    yield 3, min(h0 + hs, h1), min(w0 + 2 * ws, w1), 9, {}, False
    for value in subject.training_values():
        for given in hyperparameters(subject):
            arguments = {'training': value, **given}
            if not random(subject, arguments):
                yield 2, h0, w0, 7, arguments, False
                yield 2, h0, w0, 7, arguments, True


def hyperparameters(subject):
    yield {}
    for name, promised in subject.hyperparameters.items():
        for value in values_of(promised):
            yield {name: value}


def random(subject, arguments):
    if arguments['training'] and subject.random_in_training() and arguments.get('dropout_rate') != 0:
        return True
    images = subject.images()
    return not subject.steady(images, **arguments)


def recorded(subject, count, height, width, seed, arguments, through_layer):
    images = noise(count, height, width, seed)
    result = (layer_call if through_layer else Subject.call)(subject, images, **arguments)
    row = {
        'batch': {'count': count, 'height': height, 'width': width, 'pattern': 'noise', 'seed': seed},
        'arguments': arguments,
        'output': {'dtype': result.dtype.name, 'shape': list(result.shape), 'values': numbers(result)},
    }
    if through_layer:
        return {**row, 'through': 'hub.KerasLayer'}
    return {**row, 'state': changes(subject)}


def layer_call(subject, images, training, **arguments):
    layer = hub.KerasLayer(str(subject.folder), trainable=True, arguments=arguments)
    return layer(images, training=training)


def changes(subject):
    """Listed variables that differ from a fresh model's, by place in the list."""
    listed = getattr(subject.object, 'variables', [])
    before = [v.numpy() for v in getattr(hub.load(str(subject.folder)), 'variables', [])]
    return [
        {'variable': i, 'values': numbers(v)}
        for i, v in enumerate(listed)
        if v.numpy().tobytes() != before[i].tobytes()
    ]


def numbers(tensor):
    """Flat; nine digits keep every float32."""
    return [float(f'{value:.9g}') for value in tf.cast(tensor, tf.float64).numpy().ravel().tolist()]
