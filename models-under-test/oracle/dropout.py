"""Rules on dropout of the outputs: by repeated calls, and by putting other random numbers in place of those drawn."""

import numpy as np
import tensorflow as tf

from .masks import fixed_draws, masking_operations

DRAWS = 100


def outputs_kept(subject):
    """Sees units that take one value, the same for several images, while the rest of the row does not.

    All weights are moved a little beforehand, the same way in each call: what happens only because a weight
    is exactly zero does not happen any more, whereas a mask on the outputs does what it did. Where the graph shows
    that it holds no mask, values come back for other reasons: the limits and jumps of activations.
    """
    if not (any(no_mask_in_graph(subject)) or any(map(is_opaque, traces(subject)))):
        return
    for arguments in [{}, {'training': True}] if subject.training_values() else [{}]:
        draws = draw(subject, arguments, 10)
        if np.ptp(draws, axis=0).any() and draws.ndim == 3:
            draws = draw(subject, arguments, DRAWS)
            yield from (f'unit {unit} is dropped, called with {arguments}' for unit in dropped_units(draws))


def draw(subject, arguments, times):
    """Rows of eight images from as many calls, each with the same weights: [times, 8, units]."""
    random = np.random.RandomState(1)
    moved = [value + 0.02 * random.normal(size=value.shape) * movable(v, value) for v, value in subject.initial]
    rows = []
    for _ in range(times):
        for (variable, _), value in zip(subject.initial, moved, strict=True):
            variable.assign(tf.cast(value, variable.dtype))
        rows.append(tf.cast(subject.call(subject.images(8), **arguments), tf.float64).numpy())
    subject.reset()
    return np.stack(rows)


def movable(variable, value):
    return variable.trainable and value.dtype == np.float32


def dropped_units(draws):
    """Units in which a value recurs that other images have, too, and that is far from the unit's other values."""
    back = np.stack([comes_back(draws[..., unit]) for unit in range(draws.shape[2])], axis=-1)
    back &= ~back.all(axis=2, keepdims=True)  # all inner units were dropped at once
    for image, unit in zip(*np.nonzero(back.any(axis=0)), strict=True):
        values, dropped = draws[:, image, unit], back[:, image, unit]
        others = values[~dropped]
        if len(others) <= DRAWS / 5:
            continue
        far = np.abs(values[dropped] - others.mean()) > 6 * others.std() + 1e-6
        inside = (values[dropped] > others.min()) & (values[dropped] < others.max())
        if np.any(far | inside):
            yield unit


def comes_back(values):
    """Of [draws, images], which values occur for more than one image, and more often than two happen to be equal."""
    distinct, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    places = places.reshape(values.shape)
    seen = np.zeros([len(distinct), values.shape[1]], bool)
    seen[places, np.arange(values.shape[1])] = True
    return ((seen.sum(axis=1) > 1) & (counts > 2))[places]


def no_mask_in_graph(subject):
    """Sees random numbers that mask units of the output, by putting others in their place."""
    all_traces = list(traces(subject))
    weights = frozenset.intersection(*(frozenset(fixed_draws(subject, trace)) for trace in all_traces))
    for trace in all_traces:
        yield from (f'{name} masks the output' for name in masking_operations(subject, trace, weights))


def is_opaque(trace):
    """Whether a module of JAX hides what the trace computes."""
    graph = trace.graph.as_graph_def()
    functions = (function.node_def for function in graph.library.function)
    return any(node.op == 'XlaCallModule' for nodes in (graph.node, *functions) for node in nodes)


def traces(subject):
    endpoint = subject.spec.get('endpoint', '__call__')
    if isinstance(endpoint, dict):
        return [subject.object.signatures[endpoint['signature']]]
    method = getattr(subject.object, endpoint)
    return getattr(method, 'concrete_functions', [method])


RULES = {
    'dropout/outputs-kept': outputs_kept,
    'dropout/no-mask-in-graph': no_mask_in_graph,
}
