"""Rules on variables, gradients and losses."""

import re

import numpy as np
import tensorflow as tf

from .calling import refusal
from .fine_tuning import one_by_one, trainable
from .subject import affordable, close


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
        generator = variable.dtype.is_integer and re.search('seed_generator|StateVar', variable.name)
        if not generator and id(variable.handle) in captured(subject) - handles:
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
    elif not all(v.trainable for v in trainable):
        yield 'a trainable variable was saved with trainable=False'


def trainable_matter(subject):
    calls = [(images, arguments) for arguments in ways(subject) for images in sized(subject)]
    before = [measured(subject, *call) for call in calls]
    for variable in trainable(subject):
        if not any(matters(subject, variable, call, unmoved) for call, unmoved in zip(calls, before, strict=True)):
            yield f'{variable.name} does not matter'
    subject.reset()


def ways(subject):
    """Arguments of calls: in both modes where there are two, with each value of the hyperparameters."""
    modes = [{'training': value} for value in subject.training_values()] or [{}]
    settings = [{}, *one_by_one(subject)]
    return [mode | setting for mode in modes for setting in settings]


def sized(subject):
    traced = [size for size in subject.sizes() if size in subject.traced()]
    sizes = dict.fromkeys([subject.sizes()[0], max(subject.sizes()), *traced])
    return [subject.images(4, size) for size in sizes]


def matters(subject, variable, call, before):
    """The same move changes rows or losses; where rows are random, a gradient reaches it from them."""
    rows, losses = measured(subject, *call, lambda: variable.assign(variable * 1.1 + 0.05))
    if before[0] is None:
        return not close(losses, before[1], 1e-9) or gradients(subject, [variable], *call)[0] is not None
    return not (np.array_equal(rows, before[0]) and close(losses, before[1], 1e-9))


def measured(subject, images, arguments, move=lambda: None):
    """Rows and losses after a move; no rows where they are random."""
    results = []
    for _ in range(2):
        subject.reset()
        move()
        rows = tf.cast(subject.call(images, **arguments), tf.float64).numpy()
        results.append((rows, values_of_losses(subject)))
    return results[0][0] if np.array_equal(results[0][0], results[1][0]) else None, results[0][1]


def values_of_losses(subject):
    losses = [loss() for loss in getattr(subject.object, 'regularization_losses', ()) if callable(loss)]
    return np.array([np.sum(value) for value in tf.nest.flatten(losses) if value is not None])


def gradients_reach(subject):
    """At some size, and at each where the rows depend on the variable."""
    variables = list(trainable(subject))
    calls = [arguments for arguments in ways(subject) if arguments.get('training', True)]
    sizes = sized(subject)
    found = [[gradients(subject, variables, images, arguments) for arguments in calls] for images in sizes]
    for at, variable in enumerate(variables):
        reached = [any(gradient[at] is not None for gradient in each) for each in found]
        if not any(reached) or any(moves(subject, variable, images, calls) for images, is_reached in zip(sizes, reached) if not is_reached):
            yield f'no gradient reaches {variable.name}'


def moves(subject, variable, images, calls):
    """Whether rows that are not random are others once the variable is."""
    for arguments in calls:
        before, _ = measured(subject, images, arguments)
        after, _ = measured(subject, images, arguments, lambda: variable.assign(variable * 1.1 + 0.05))
        if before is not None and after is not None and not np.array_equal(before, after):
            return True
    return False


def gradients_finite(subject):
    """By GradientTape: of the sum of the rows, for plain images and others, and of each loss."""
    variables = list(trainable(subject))
    calls = [arguments for arguments in ways(subject) if arguments.get('training', True)]
    subject.reset()
    plain = (subject.images(), subject.images() * 0, subject.images() * 0 + 0.5)
    for images in (*plain, *sized(subject)[1:]):
        for arguments in calls:
            yield from infinite(variables, gradients(subject, variables, images, arguments))
    for loss in getattr(subject.object, 'regularization_losses', ()):
        if callable(loss):
            with tf.GradientTape() as tape:
                value = loss()
            if value is not None:
                yield from infinite(variables, tape.gradient(value, variables))
    subject.reset()


def infinite(variables, found):
    for variable, gradient in zip(variables, found, strict=True):
        if gradient is not None and not np.all(np.isfinite(tf.convert_to_tensor(gradient))):
            yield f'the gradient of {variable.name} is not finite'


def gradients(subject, variables, images, arguments):
    """None for all where TensorFlow knows no gradient of some operation, and raises; NaN where one raises."""
    try:
        with tf.GradientTape() as tape:
            tape.watch(variables)
            result = subject.call(images, **arguments)
        return tape.gradient(result, variables)
    except (LookupError, NotImplementedError):
        return [None] * len(variables)
    except tf.errors.InvalidArgumentError:
        return [tf.constant(np.nan)] * len(variables)


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
            for count in (2, affordable(subject, 450)):
                refusal(subject, subject.images(count), training=value)
        after = loss()
    except (TypeError, ValueError) as error:
        yield str(error).strip().splitlines()[0]
        return
    if not isinstance(before, tf.Tensor):
        yield f'a {type(before).__name__}'
    elif before.dtype != tf.float32 or before.shape != () or not np.isfinite(before.numpy()):
        yield f'{before.dtype.name} {before.shape}'
    elif not close(before.numpy(), after.numpy(), 1e-6):
        yield 'another value after a call'
    else:
        yield from depends_on_images(subject, loss)
        yield from depends_on_calls(subject, loss)


def depends_on_calls(subject, loss):
    """After many training calls, and after one once the trainable variables have other values than the stored ones."""
    if True not in subject.training_values():
        return
    for calls, moved in ((60, 0.0), (1, 0.01)):
        subject.reset()
        for variable in trainable(subject):
            variable.assign_add(tf.fill(variable.shape, tf.cast(moved, variable.dtype)))
        before = loss().numpy()
        for _ in range(calls):
            refusal(subject, subject.images(), training=True)
        if not close(before, loss().numpy(), 1e-6):
            yield f'another value after {calls} training calls'
    subject.reset()


def depends_on_images(subject, loss):
    """With a hyperparameter: it may depend on that, and on nothing else."""
    flag = {'training': True} if subject.training_values() else {}
    for given in one_by_one(subject):
        found = []
        for images in (subject.images(), subject.images() * 0):
            subject.reset()
            refusal(subject, images, **flag, **given)
            found.append(loss().numpy())
        if not close(*found, 1e-6):
            yield f'another value for other images with {given}'


RULES = {
    'variables/listed': listed,
    'variables/restored': restored,
    'variables/trainable-listed': trainable_listed,
    'variables/trainable-matter': trainable_matter,
    'variables/gradients-finite': gradients_finite,
    'variables/gradients-reach': gradients_reach,
    'variables/losses': losses,
}
