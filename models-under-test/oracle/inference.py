"""Rules on inference: independent and equal rows, no effects, linear scores."""

import numpy as np
import tensorflow as tf

from .calling import pictures
from .hyperparameters import hyperparameters_to_try
from .subject import affordable, close, undone, values_to_try


def rows_independent(subject):
    for size in dict.fromkeys([*subject.sizes()[:2], subject.sizes()[-1]]):
        yield from coupled(subject, subject.images(8, size, seed=5))
    yield from coupled(subject, 0.49 + 0.02 * subject.images(8, seed=5))
    images = subject.images(4, seed=5)
    beside = np.concatenate([images[:1], subject.images(3, seed=6)])
    first, again, other = (after_step(subject, each)[:1] for each in (images, images, beside))
    subject.reset()
    if np.array_equal(first, again) and not np.allclose(first, other, rtol=1e-4, atol=1e-4 * np.max(np.abs(first))):
        yield 'beside other images, after a step: other rows'
    for count in (100, 274, 301, 450):
        yield from coupled(subject, subject.images(count, subject.sizes()[0], seed=6))
    largest = max(subject.sizes()[:2], key=np.prod)
    yield from coupled(subject, subject.images(max(8, 300_000 // int(np.prod(largest))), largest, seed=6))


def after_step(subject, images):
    """Rows once the trainable variables have other values than the stored ones."""
    subject.reset()
    for variable in getattr(subject.object, 'trainable_variables', ()):
        variable.assign(variable * 1.05 + 0.01)
    return tf.cast(subject.call(images), tf.float32).numpy()


def coupled(subject, images):
    """The same bits beside other images; nearly the same rows in another place and number, but for rounding."""
    images[3] *= 0.2
    together = subject.rows(images)
    if together.shape[0] != len(images):
        return
    for kept in (np.arange(len(images)) % 2, np.arange(len(images)) % 4 > 1, np.arange(len(images)) == 0):
        for kept in (kept.astype(bool), ~kept.astype(bool)):
            beside = np.where(kept[:, None, None, None], images, 1 - images)
            if not np.array_equal(subject.rows(beside)[kept], together[kept]):
                yield f'beside other images: other rows for {images.shape}'
    others = {
        'in another order': lambda: subject.rows(images[::-1])[::-1],
        'in part': lambda: np.concatenate([together[:4], subject.rows(images[4:])]),
        'doubled': lambda: subject.rows(np.repeat(images, 2, 0))[1::2],
        'alone': lambda: np.concatenate([subject.rows(images[:1]), together[1:-1], subject.rows(images[-1:])]),
    }
    allowed = 2e-3 * np.max(np.abs(together), 1, keepdims=True)
    for what, rows in others.items():
        # Asked twice: rows that state changes now and then are no coupling.
        if all(not np.all(np.abs(rows() - together) <= allowed) for _ in range(2)):
            yield f'{what}: other rows for {images.shape}'


def inference_is_the_default(subject):
    if not subject.training_values():
        return
    for moved in (0, 0.1):
        subject.reset()
        for variable in getattr(subject.object, 'trainable_variables', ()):
            variable.assign(variable * (1 + moved))
        images = subject.images()
        if not close(subject.call(images).numpy(), subject.call(images, training=False).numpy()):
            yield NOT_DEFAULT
    for given in hyperparameters_to_try(subject):
        yield from another_default(subject, given)
    subject.reset()


def another_default(subject, given):
    """Where each of both calls gives the same rows again."""
    images = subject.images()
    try:
        first, again, usual, then = (
            subject.rows(images, **flag, **given) for flag in ({'training': False}, {'training': False}, {}, {})
        )
    except (TypeError, ValueError, tf.errors.OpError):
        return
    comparable = np.isfinite(usual).all() and np.array_equal(first, again) and np.array_equal(usual, then)
    if comparable and not close(first, usual) and subject.steady(images, **given):
        yield f'{NOT_DEFAULT} with {given}'


NOT_DEFAULT = 'f(x) is not f(x, training=False)'


def deterministic(subject):
    subject.reset()
    first, second = (tf.cast(subject.call(subject.images()), tf.float64).numpy() for _ in range(2))
    if not close(first, second):
        yield 'two calls, two answers'
    elif not close(*(tf.cast(after_step(subject, subject.images()), tf.float64).numpy() for _ in range(2))):
        yield 'after a step, two calls, two answers'
    subject.reset()


def no_side_effects(subject):
    for arguments in [{}, {'training': False}] if subject.training_values() else [{}]:
        for count in (2, affordable(subject, 1300)):
            subject.rows(subject.images(count), **arguments)
        if subject.changed():
            yield f'{[v.name for v in subject.changed()]} changed'
    yield from undone(subject, 'variables')
    if hasattr(subject.object, 'table'):
        yield from changed_table(subject, subject.object.table.resource_handle)


def changed_table(subject, handle):
    stored = tf.train.load_checkpoint(str(subject.folder / 'variables' / 'variables')).get_variable_to_dtype_map()
    keys, values = (stored.get(f'table/.ATTRIBUTES/table-{part}') for part in ('keys', 'values'))
    if not keys:
        return
    before = tf.raw_ops.LookupTableExportV2(table_handle=handle, Tkeys=keys, Tvalues=values)
    subject.rows(subject.images())
    after = tf.raw_ops.LookupTableExportV2(table_handle=handle, Tkeys=keys, Tvalues=values)
    if not np.array_equal(before.values, after.values):
        yield 'the table changed'


def linear_scores(subject):
    if subject.spec['api'] != 'image-classification':
        return
    rows = np.concatenate([subject.rows(images) for images in pictures(subject)])
    others = [{'training': True}] if True in subject.training_values() else []
    others += [{name: value} for name, one in subject.hyperparameters.items() for value in values_to_try(one)]
    sized = [subject.rows(subject.images(8, size)) for size in subject.sizes()]
    for some in [rows, *sized, *(subject.rows(subject.images(8), **given) for given in others)]:
        with np.errstate(over='ignore'):
            if close(some.sum(1), np.ones(len(some))) or close(np.exp(some).sum(1), np.ones(len(some))):
                yield 'rows, or their exponentials, add up to 1'
    sums = rows.sum(1)
    if rows.min() >= 0 and close(sums, sums.mean() * np.ones(len(sums))):
        yield 'rows are positive and add up to the same'
    for size in subject.sizes()[:2]:
        yield from whatever_the_weights(subject, size)


SCALES = (0.03, 1.0, 3.0, 30.0, 1000.0, 3000.0)


def whatever_the_weights(subject, size):
    """Linear scores go anywhere if the weights do. Trained variables are drawn anew, ever larger, and each column watched."""
    trained = list(getattr(subject.object, 'trainable_variables', ()))
    if not trained:
        return
    drawn = [rows_with_weights(subject, trained, subject.images(8, size), scale) for scale in SCALES]
    if not all(rows.shape == drawn[0].shape for rows in drawn) or not len(drawn[0]):
        return
    with np.errstate(over='ignore'):
        shares = all(np.exp(rows).sum(1).max() <= 1 + 1e-4 for rows in drawn)
    saturated = (np.abs(drawn[-1]) < 0.01).mean() > 0.3
    for column in range(drawn[0].shape[1]):
        yield from bounded_column([rows[:, column] for rows in drawn], shares or saturated)


def rows_with_weights(subject, trained, images, scale):
    """Rows with every trained variable drawn anew, several times; rows with NaN are left out."""
    found = []
    for seed in range(6):
        random = np.random.RandomState(seed)
        subject.reset()
        for variable in trained:
            variable.assign(random.normal(size=variable.shape) * scale)
        rows = tf.cast(subject.call(tf.convert_to_tensor(images)), tf.float64).numpy()
        found.append(rows[~np.isnan(rows).any(1)])
    subject.reset()
    return np.concatenate(found)[:36]


def bounded_column(values, ends_at_zero):
    """`values`: of one column, with ever larger weights; `ends_at_zero`: what is negative is like a log-probability."""
    low, high = (min(map(np.min, values)), max(map(np.max, values)))
    width = high - low
    if np.isfinite(width) and np.abs(values[-1]).max() <= 1.05 * np.abs(values[-2]).max() and width > 1e-3:
        if width < 4 or min(abs(low), abs(high)) < 0.02 * width:
            yield f'a column stays within {low:g} and {high:g}, whatever the weights'
    elif high <= 1e-6 and ends_at_zero:
        yield 'a column is at most 0 and often 0, whatever the weights'
    elif low >= -1e-6 and np.isinf(high):
        yield 'a column is positive and grows without measure'


RULES = {
    'batching/rows-independent': rows_independent,
    'inference/is-the-default': inference_is_the_default,
    'inference/deterministic': deterministic,
    'inference/no-side-effects': no_side_effects,
    'classification/linear-scores': linear_scores,
}
