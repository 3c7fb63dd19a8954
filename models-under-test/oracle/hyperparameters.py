"""Rules on hyperparameters."""

import numpy as np
import tensorflow as tf

from .subject import close, values_of


def accepted(subject):
    for given in hyperparameters_to_try(subject):
        for training in (None, *subject.training_values()):
            flag = {} if training is None else {'training': training}
            wrong = broken_by(subject, given | flag)
            if wrong and not broken_by(subject, flag):
                yield f'{given | flag}: {wrong}'


def hyperparameters_to_try(subject):
    """Each alone at both ends, the default and evenly between; all together at each of the named."""
    for name, promised in subject.hyperparameters.items():
        for value in values_to_try(promised):
            yield {name: value}
    if len(subject.hyperparameters) > 1:
        for key in ('default', 'min', 'max'):
            yield {name: end(promised, key) for name, promised in subject.hyperparameters.items()}


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
    between = np.linspace(low, high, 6)[1:-1].tolist()
    return list(dict.fromkeys([low, high, usual, *(map(round, between) if promised['type'] == 'int' else between)]))


def broken_by(subject, arguments):
    """What is wrong with a call, or None: it gives nothing, or no such rows; at inference, it changes or mixes something."""
    images = subject.images(4)
    subject.reset()
    try:
        result = subject.call(images, **arguments)
    except (TypeError, ValueError, tf.errors.OpError) as error:
        return str(error).strip().splitlines()[0]
    if not isinstance(result, tf.Tensor):
        return f'a {type(result).__name__}'
    if result.shape != (4, subject.columns) or result.dtype != tf.float32:
        return f'{result.dtype.name} {result.shape}'
    if not np.all(np.isfinite(result)):
        return 'NaN or infinity'
    if any(value is True for value in arguments.values()):
        return None
    if subject.changed():
        return 'another state at inference'
    rows, again, alone = (subject.rows(some, **arguments) for some in (images, images, images[:1]))
    scale = np.max(np.abs(rows))
    if close(rows, again, 1e-6) and np.max(np.abs(rows[:1] - alone)) > 0.01 * scale:
        return 'other rows in other company'
    return None


def default(subject):
    for name, promised in subject.hyperparameters.items():
        given = {name: end(promised, 'default')}
        for size in subject.sizes()[:2]:
            images = subject.images(2, size)
            if not close(subject.rows(images), subject.rows(images, **given)):
                yield f'{name}: another output at inference'
        for training in subject.training_values():
            yield from other_state(subject, given | {'training': training}, {'training': training})


def other_state(subject, one, other):
    """Where two ways to call leave different states, or (where nothing is random) different rows."""
    results = [(subject.rows(subject.images(8), **arguments), state(subject)) for arguments in (one, other)]
    if not close(results[0][1], results[1][1], 1e-6):
        yield f'{one}: another state'
    if not subject.random_in_training() and not close(results[0][0], results[1][0]):
        yield f'{one}: another output'


def state(subject):
    return np.concatenate([v.numpy().ravel() for v, _ in subject.initial if v.dtype.is_floating])


def hyperparameter_has_effect(subject):
    for name, promised in subject.hyperparameters.items():
        other = next(value for value in values_of(promised) if value != promised['default'])
        training = {} if promised['affects'] == 'inference' else {'training': True}
        results = [
            (subject.rows(subject.images(8), **training, **{name: v}), state(subject))
            for v in (promised['default'], other)
        ]
        if close(results[0][0], results[1][0], 1e-6) and close(results[0][1], results[1][1], 1e-6):
            yield f'{name} changes nothing'


def documented(subject):
    call = getattr(subject.object, '__call__', None)
    if not hasattr(call, 'concrete_functions'):
        return
    names = set(call.function_type.parameters)
    known = {'images', 'inputs', 'training', 'mask', *subject.hyperparameters}
    for name in sorted(names - known):
        yield f'{name} is not in the spec'


RULES = {
    'hyperparameters/accepted': accepted,
    'hyperparameters/default': default,
    'hyperparameters/has-effect': hyperparameter_has_effect,
    'hyperparameters/documented': documented,
}
