"""Rules on training."""

import re

import numpy as np
import tensorflow as tf

from .calling import failures, refusal
from .hyperparameters import hyperparameters_to_try
from .inference import NOT_DEFAULT, inference_is_the_default
from .subject import affordable, close, undone, values_of


def flag_accepted(subject):
    for value in subject.training_values():
        message = refusal(subject, subject.images(), training=value)
        if message:
            yield f'training={value}: {message}'
        elif value and not list(failures(subject, 201, subject.sizes()[0])):
            yield from failures(subject, 201, subject.sizes()[0], training=value)


def same_output_contract(subject):
    if not subject.training_values():
        return
    for count, images in ((2, subject.images(2)), (3, subject.images(3)), (4, np.repeat(subject.images(1), 4, 0))):
        result = subject.call(images, training=True)
        if not isinstance(result, tf.Tensor):
            yield f'a {type(result).__name__} in training'
        elif result.shape != (count, subject.columns) or result.dtype != tf.float32:
            yield f'{result.dtype.name} {result.shape} in training'
        elif not finite(result) and finite(subject.rows(subject.images(count))):
            yield 'not finite in training'
    largest = max(subject.sizes()[:2], key=np.prod)
    for images in (subject.images(1), subject.images(max(8, 300_000 // int(np.prod(largest))), largest)):
        subject.reset()
        subject.call(images, training=True)
        for variable, _ in subject.initial:
            if variable.dtype.is_floating and not finite(variable):
                yield f'{variable.name} is not finite after training with {len(images)} images'
    subject.reset()


def finite(values):
    return np.all(np.isfinite(tf.cast(values, tf.float32)))


def leaves_weights_alone(subject):
    if subject.training_values():
        subject.reset()
        subject.call(subject.images(), training=True)
        trainable = {id(v) for v in getattr(subject.object, 'trainable_variables', ())}
        moved = [v.name for v in subject.changed() if id(v) in trainable]
        if moved:
            yield f'{moved} changed'
        yield from undone(subject, training=True)
        for given in hyperparameters_to_try(subject):
            subject.reset()
            refusal(subject, subject.images(), training=True, **given)
            moved = [v.name for v in subject.changed() if id(v) in trainable]
            if moved:
                yield f'{moved} changed with {given}'


def many_steps(subject):
    """130 training calls in a row, looked at after the first and after the last."""
    if not subject.training_values():
        return
    known = list(inference_is_the_default(subject))
    for given in ({}, *one_by_one(subject)):
        yield from (fault for fault in not_lasting(subject, given) if fault not in known)
    small, many = subject.images(2), subject.images(affordable(subject, 1201))
    for images in (np.zeros_like(small), subject.images(32), np.zeros_like(many), subject.images(2, max(subject.sizes()))):
        subject.reset()
        for _ in range(1 if len(images) > 32 else 70):
            subject.call(images, training=True)
        if not np.all(np.isfinite(subject.call(np.zeros_like(images)))):
            yield 'inference is not finite after 70 black or larger batches'
    moved = {id(v) for v in subject.changed()} & {id(v) for v in getattr(subject.object, 'trainable_variables', ())}
    if moved:
        yield f'{len(moved)} trainable variables changed'
    subject.reset()


def not_lasting(subject, given):
    subject.reset()
    for step in range(130):
        try:
            rows = subject.call(subject.images(2 + step % 2), training=True, **given)
        except tf.errors.OpError as error:
            yield f'{given}, step {step + 1}: {error.message}'
            break
        if not np.all(np.isfinite(rows)):
            if step > 0 or not given:
                yield f'{given}: not finite at step {step + 1}'
            break
        if step in (0, 129):
            yield from unsteady(subject)


def one_by_one(subject):
    """Each hyperparameter alone at both ends."""
    return [{name: value} for name, promised in subject.hyperparameters.items() for value in values_of(promised)]


def unsteady(subject):
    images = subject.images(4)
    before = values(subject)
    first, again = (subject.call(images, training=False).numpy() for _ in range(2))
    beside = subject.call(tf.concat([images[:2], 1 - images[2:]], 0), training=False).numpy()
    if not close(first, again):
        yield 'inference differs from call to call after training'
    if not close(first[:2], beside[:2]):
        yield 'inference depends on other images after training'
    if not all(np.array_equal(*pair) for pair in zip(before, values(subject), strict=True)):
        yield 'inference changes a variable after training'
    if not close(first, subject.call(images).numpy()):
        yield NOT_DEFAULT


def values(subject):
    return [variable.numpy() for variable, _ in subject.initial]


RANDOM = {'dropout', 'stochastic-depth', 'augmentation', 'noise'}


def has_effect(subject):
    effects = subject.fine_tuning.get('training_effects')
    if not subject.training_values() or effects is None:
        return
    images = subject.images(8)
    subject.reset()
    trained = subject.rows(images, training=True)
    changed = {v.name for v in subject.changed() if id(v) not in {id(w) for w in trainable(subject)}}
    subject.reset()
    same = close(trained, subject.rows(images, training=False))
    if effects == [] and not (same and not changed):
        yield 'training=True changes something'
    if effects and same:
        yield 'training=True changes nothing'
    if 'batch-norm' in effects and not (changed and moves_at(subject, max(subject.sizes()))):
        yield 'no moving average changes'
    if 'batch-norm' in effects and not coupled(subject):
        yield 'a row in training does not depend on the other images'
    if RANDOM & set(effects):
        yield from unrandom(subject, images)


def moves_at(subject, size):
    subject.rows(subject.images(2, size), training=True)
    moved = bool(subject.changed())
    subject.reset()
    return moved


def coupled(subject):
    """Whether the mean of a row over many training calls differs beside black and beside white images."""
    images = subject.images(8)
    drawn = [
        np.array([subject.rows(np.concatenate([images[:1], np.full_like(images[1:], other)]), training=True)[0] for _ in range(100)])
        for other in (0, 1)
    ]
    errors = np.sqrt(sum(np.var(rows, axis=0) for rows in drawn) / 100)
    return bool(np.any(np.abs(drawn[0].mean(axis=0) - drawn[1].mean(axis=0)) > 6 * errors + 1e-6))


def unrandom(subject, images):
    settings = [{}, *one_by_one(subject)]
    for setting in settings:
        subject.reset()
        first, *others = (subject.call(images, training=True, **setting).numpy() for _ in range(20))
        if not all(close(first, other) for other in others):
            named = RANDOM & set(subject.fine_tuning['training_effects'])
            if 0 < max(sources(subject), default=0) < len(named):
                yield 'fewer random operations than effects'
            return
    yield 'two training calls give the same'


def sources(subject):
    """Operations of the training call's graph that draw random numbers, in its functions, too."""
    for trace in getattr(subject.object.__call__, 'concrete_functions', ()):
        if trace.structured_input_signature[0][1:] == (True,):
            graph = trace.graph.as_graph_def()
            nodes = [*graph.node, *(node for f in graph.library.function for node in f.node_def)]
            yield len({(node.name, node.op) for node in nodes if re.search('Random(?!GetKey)', node.op)})


def trainable(subject):
    return getattr(subject.object, 'trainable_variables', ()) if subject.fine_tuning.get('trainable_variables') else ()


RULES = {
    'training/flag-accepted': flag_accepted,
    'training/many-steps': many_steps,
    'training/same-output-contract': same_output_contract,
    'training/leaves-weights-alone': leaves_weights_alone,
    'training/has-effect': has_effect,
}
