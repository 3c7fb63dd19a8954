"""Rules on hyperparameters."""

import itertools

import numpy as np
import tensorflow as tf

from .subject import close, end, side_of, values_of, values_to_try


def accepted(subject):
    for given in hyperparameters_to_try(subject):
        yield from broken_with(subject, given, subject.images(4))
    for name, promised in subject.hyperparameters.items():
        for value in values_to_try(promised) if promised['type'] == 'int' else ():
            for size in sizes_not_divided(subject, value):
                yield from broken_with(subject, {name: value}, subject.images(2, size))
    for images in other_images(subject):
        for name, promised in subject.hyperparameters.items():
            for value in values_of(promised):
                yield from broken_with(subject, {name: value}, images)
        if len(subject.hyperparameters) > 1:
            yield from broken_with(subject, {n: end(one, 'max') for n, one in subject.hyperparameters.items()}, images)


def broken_with(subject, given, images):
    allowed = any(subject.hyperparameters[name]['affects'] == 'inference' for name in given)
    for training in (None, *subject.training_values()):
        flag = {} if training is None else {'training': training}
        wrong = broken_by(subject, given | flag, images)
        if wrong and not (wrong == RANDOM and allowed) and not broken_by(subject, flag, images):
            yield f'{given | flag}, {images.shape}: {wrong}'


def sizes_not_divided(subject, value):
    (h0, h1, hs), (w0, w1, ws) = (side_of(subject.spec['image_size'][side]) for side in ('height', 'width'))
    if value < 2:
        return []
    heights = [height for height in range(h0, h1 + 1, hs) if height % value]
    widths = [width for width in range(w0, w1 + 1, ws) if width % value]
    return [(heights[0], widths[0])] if heights and widths else []


def other_images(subject):
    """Other counts at the smallest size, and other sizes, square and not."""
    return [*(subject.images(count) for count in (1, 13)), *(subject.images(2, size) for size in subject.sizes()[1:])]


def hyperparameters_to_try(subject):
    """Each alone at both ends, the default and between; all together at each of the named, and both ends in pairs."""
    for name, promised in subject.hyperparameters.items():
        for value in values_to_try(promised):
            yield {name: value}
    if len(subject.hyperparameters) > 1:
        for key in ('default', 'min', 'max'):
            yield {name: end(promised, key) for name, promised in subject.hyperparameters.items()}
    for (one, first), (other, second) in itertools.combinations(subject.hyperparameters.items(), 2):
        for keys in itertools.product(('min', 'max'), repeat=2):
            yield {one: end(first, keys[0]), other: end(second, keys[1])}
    yield from together(subject)


def together(subject):
    """All at once: each at both ends, and whole numbers and bools at every value, where there are few."""
    for values in (values_of, lambda one: [end(one, 'default')] if one['type'] == 'float' else values_to_try(one)):
        each = [values(promised) for promised in subject.hyperparameters.values()]
        if len(each) > 1 and np.prod([len(some) for some in each]) <= 64:
            yield from (dict(zip(subject.hyperparameters, some)) for some in itertools.product(*each))


def broken_by(subject, arguments, images):
    """What is wrong with a call, or None: it gives nothing, or no such rows; at inference, it changes or mixes something."""
    subject.reset()
    try:
        result = subject.call(images, **arguments)
    except (TypeError, ValueError, tf.errors.OpError) as error:
        return str(error).strip().splitlines()[0]
    if not isinstance(result, tf.Tensor):
        return f'a {type(result).__name__}'
    if result.shape != (len(images), subject.columns) or result.dtype != tf.float32:
        return f'{result.dtype.name} {result.shape}'
    if not np.all(np.isfinite(result)):
        return 'NaN or infinity'
    if arguments.get('training'):
        return None
    if subject.changed():
        return 'another state at inference'
    rows, again = (subject.rows(images, **arguments) for _ in range(2))
    if not close(rows, again, 1e-6):
        return RANDOM
    others = (subject.rows(images[:1], **arguments), subject.rows(images[::-1], **arguments)[::-1])
    if any(np.max(np.abs(rows[: len(other)] - other)) > 2e-3 * np.max(np.abs(rows)) for other in others):
        return 'other rows in other company' if subject.steady(images, **arguments) else RANDOM
    return None


RANDOM = 'other rows for the same images'


def default(subject):
    for name, promised in subject.hyperparameters.items():
        given = {name: end(promised, 'default')}
        saved = saved_default(subject, name)
        if isinstance(saved, (int, float)) and not close(np.float64(saved), np.float64(given[name]), 1e-6):
            yield f'{name}: the saved default is {saved}'
        for size in subject.sizes()[:4]:
            images = subject.images(2, size)
            if not close(subject.rows(images), subject.rows(images, **given)):
                yield f'{name}: another output at inference for {size}'
        for training in subject.training_values():
            yield from other_state(subject, given | {'training': training}, {'training': training})
        for beside in ends_of_others(subject, name):
            images = subject.images(8)
            same = close(subject.rows(images, **beside), subject.rows(images, **beside, **given))
            if not same and subject.steady(images, **beside):
                yield f'{name}: another output beside {beside}'
        yield from other_default_later(subject, name, promised)


def ends_of_others(subject, name):
    for other, its in subject.hyperparameters.items():
        if other != name:
            yield from ({other: end(its, key)} for key in ('min', 'max'))


def other_default_later(subject, name, promised):
    """After a call with another value: at inference, the default is left out and passed."""
    given, flag = {name: end(promised, 'default')}, {'training': True} if subject.training_values() else {}
    for value in values_of(promised):
        rows = []
        for arguments in ({}, given):
            subject.reset()
            tf.random.set_seed(1)
            subject.call(subject.images(8), **flag, **{name: end(promised | {'default': value}, 'default')})
            rows.append(subject.call(subject.images(8), **arguments).numpy())
        if not subject.random_in_training() and not close(*rows):
            yield f'{name}: another output at inference after a call with {value}'


def other_state(subject, one, other):
    """Where two ways to call leave different states, or (where nothing is random) different rows."""
    if subject.random_in_training():
        yield from other_spread(subject, one, other)
        return
    for count in (8, 64):
        results = [(subject.rows(subject.images(count), **arguments), state(subject)) for arguments in (one, other)]
        if not close(results[0][1], results[1][1], 1e-6):
            yield f'{one}: another state'
        if not close(results[0][0], results[1][0]):
            yield f'{one}: another output'


def other_spread(subject, one, other):
    """Draws of random rows and states: variances of rows must agree to a sixth, means of states to eight errors."""
    rows, states = [], []
    for arguments in (one, other):
        drawn = [(subject.rows(subject.images(100), **arguments), state(subject)) for _ in range(60)]
        rows.append(np.mean(np.var([row for row, _ in drawn], axis=0)))
        states.append([values for _, values in drawn])
    if not 6 / 7 <= (rows[0] + 1e-9) / (rows[1] + 1e-9) <= 7 / 6:
        yield f'{one}: another spread'
    if other_means(*states):
        yield f'{one}: another state'


def other_means(one, other):
    """Whether some value has another mean in one list of states than in another."""
    errors = np.sqrt((np.var(one, axis=0) + np.var(other, axis=0)) / len(one))
    return bool(np.any(np.abs(np.mean(one, axis=0) - np.mean(other, axis=0)) > 8 * errors + 1e-6))


def saved_default(subject, name):
    """None where the files hold no default for it, or None itself."""
    return getattr(subject.object.__call__, '_default_values', {}).get(name)


def state(subject):
    return np.concatenate([v.numpy().ravel() for v, _ in subject.initial if v.dtype.is_floating])


def hyperparameter_has_effect(subject):
    """Some value changes something: with the others at their defaults or at their largest values."""
    for name, promised in subject.hyperparameters.items():
        training = {} if promised['affects'] == 'inference' else {'training': True}
        largest = {other: end(its, 'max') for other, its in subject.hyperparameters.items() if other != name}
        if not any(matters(subject, name, promised, training | others) for others in ({}, largest)):
            yield f'{name} changes nothing'


def matters(subject, name, promised, given):
    if given.get('training') and subject.random_in_training():
        least, *more = (given | {name: value} for value in values_to_try(promised))
        return any(any(other_spread(subject, least, one)) for one in more)
    first, *others = (
        (subject.rows(subject.images(8), **given, **{name: value}), state(subject)) for value in values_to_try(promised)
    )
    return any(not (close(first[0], one[0], 1e-6) and close(first[1], one[1], 1e-6)) for one in others)


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
