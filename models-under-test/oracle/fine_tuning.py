"""Rules on training, variables and losses."""

import numpy as np
import tensorflow as tf

from .calling import refusal
from .subject import close


def flag_accepted(subject):
    for value in subject.training_values():
        message = refusal(subject, subject.images(), training=value)
        if message:
            yield f'training={value}: {message}'


def same_output_contract(subject):
    if not subject.training_values():
        return
    for count in (2, 3):
        result = subject.call(subject.images(count), training=True)
        if not isinstance(result, tf.Tensor):
            yield f'a {type(result).__name__} in training'
        elif result.shape != (count, subject.columns) or result.dtype != tf.float32:
            yield f'{result.dtype.name} {result.shape} in training'


def leaves_weights_alone(subject):
    if subject.training_values():
        subject.reset()
        subject.call(subject.images(), training=True)
        trainable = {id(v) for v in getattr(subject.object, 'trainable_variables', ())}
        moved = [v.name for v in subject.changed() if id(v) in trainable]
        if moved:
            yield f'{moved} changed'


def has_effect(subject):
    if subject.training_values() and subject.fine_tuning.get('training_effects'):
        if close(subject.rows(subject.images(8), training=True), subject.rows(subject.images(8), training=False)):
            yield 'training=True changes nothing'


def listed(subject):
    variables = getattr(subject.object, 'variables', None)
    if variables is None:
        yield 'no list of variables'
        return
    ids = [id(v) for v in variables]
    if len(set(ids)) < len(ids):
        yield 'a variable is listed twice'
    handles = {id(v.handle) for v in variables}
    for variable, _ in subject.initial:
        if id(variable.handle) in captured(subject) - handles:
            yield f'{variable.name} is used and not listed'


def captured(subject):
    """Identities of what the call's traces capture."""
    call = (
        getattr(subject.object, '__call__', None)
        if callable(subject.object)
        else subject.object.signatures['serving_default']
    )
    return {id(c) for trace in getattr(call, 'concrete_functions', [call]) for c in trace.captured_inputs}


def restored(subject):
    stored = dict(tf.train.list_variables(str(subject.folder / 'variables' / 'variables')))
    if len(stored.keys() - {'_CHECKPOINTABLE_OBJECT_GRAPH'}) < len(subject.initial):
        yield 'fewer values than variables in the checkpoint'
    for variable, value in subject.initial:
        if value.dtype.kind == 'f' and not np.all(np.isfinite(value)):
            yield f'{variable.name} is not finite'


def trainable_listed(subject):
    promised = subject.fine_tuning.get('trainable_variables')
    if not promised:
        return
    trainable = getattr(subject.object, 'trainable_variables', None)
    if not trainable or (promised is not True and len(trainable) != promised):
        yield f'{trainable and len(trainable)} trainable variables for {promised}'
    elif {id(v) for v in trainable} - {id(v) for v in getattr(subject.object, 'variables', ())}:
        yield 'a trainable variable is not among the variables'


def trainable(subject):
    return getattr(subject.object, 'trainable_variables', ()) if subject.fine_tuning.get('trainable_variables') else ()


def trainable_matter(subject):
    images = subject.images(4)
    before = subject.rows(images), values_of_losses(subject)
    for variable in trainable(subject):
        subject.reset()
        variable.assign(variable * 1.1 + 0.05)
        rows = tf.cast(subject.call(images), tf.float64).numpy()
        if close(rows, before[0], 1e-7) and close(values_of_losses(subject), before[1], 1e-9):
            yield f'{variable.name} does not matter'
    subject.reset()


def values_of_losses(subject):
    return np.array(
        [np.sum(loss().numpy()) for loss in getattr(subject.object, 'regularization_losses', ()) if callable(loss)]
    )


def gradients_reach(subject):
    variables = list(trainable(subject))
    with tf.GradientTape() as tape:
        tape.watch(variables)
        result = subject.call(subject.images())
    for variable, gradient in zip(variables, tape.gradient(result, variables), strict=True):
        if gradient is None:
            yield f'no gradient reaches {variable.name}'


def losses(subject):
    promised = subject.fine_tuning.get('regularization_losses', 'any')
    found = list(getattr(subject.object, 'regularization_losses', ()))
    if promised not in ('any', len(found)):
        yield f'{len(found)} losses for {promised}'
    for loss in found:
        if not callable(loss):
            yield 'a loss that cannot be called'
        else:
            yield from fault_of_loss(subject, loss)


def fault_of_loss(subject, loss):
    subject.reset()
    try:
        before = loss()
        for value in subject.training_values():
            refusal(subject, subject.images(), training=value)
        after = loss()
    except (TypeError, ValueError) as error:
        yield str(error).strip().splitlines()[0]
        return
    if before.dtype != tf.float32 or before.shape != () or not np.isfinite(before.numpy()):
        yield f'{before.dtype.name} {before.shape}'
    elif not close(before.numpy(), after.numpy(), 1e-6):
        yield 'another value after a call'


RULES = {
    'training/flag-accepted': flag_accepted,
    'training/same-output-contract': same_output_contract,
    'training/leaves-weights-alone': leaves_weights_alone,
    'training/has-effect': has_effect,
    'variables/listed': listed,
    'variables/restored': restored,
    'variables/trainable-listed': trainable_listed,
    'variables/trainable-matter': trainable_matter,
    'variables/gradients-reach': gradients_reach,
    'variables/losses': losses,
}
