"""What random numbers do to the outputs, found out by running the graph with others in their place.

All images of a batch get the same numbers. Of a unit that is masked, the values for all images are then dropped, scaled
or shifted alike: with one draw they are α · values + β of those with another. Randomness before a layer that mixes units,
beside another summand, or another at each of many places, changes each image's value by another amount.
"""

import itertools
import re

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import _run_inline_graph_optimization as inlined

IMAGES = 24
DRAWS = 6
RANDOM = re.compile(
    '(Stateless|Parameterized)?(Random(Uniform|Normal|StandardNormal|Gamma|Poisson)|TruncatedNormal|Multinomial)|Timestamp'
)


def masking_operations(subject, trace, weights=frozenset()):
    """Names of operations of a trace whose random numbers mask units of its output; `weights` are drawn everywhere."""
    graph, values = flat_graph(trace, subject)
    output = trace.outputs[0].name
    sources = [op for op in graph.get_operations() if is_random(op) or holds_mask(op)]
    feeds = feeds_of(graph, trace, subject)
    with tf.compat.v1.Session(graph=graph) as session:
        assign(session, graph, values)
        try:
            all_draws = [draws(session, sources, feeds, at, weights) for at in range(DRAWS)]
            found = [
                op.name
                for op in sources
                if masks([session.run(output, feeds | all_draws[0] | only(op, all_draws, at)) for at in range(DRAWS)])
            ]
        except (tf.errors.OpError, ValueError):
            found = []
        # Numbers inside a loop cannot be replaced.
        return found or ([output] if masks([session.run(output, feeds) for _ in range(DRAWS)]) else [])


def fixed_draws(subject, trace):
    """What a trace draws with constant seeds."""
    graph, values = flat_graph(trace, subject)
    operations = graph.get_operations()
    sources = [op.outputs[0] for op in operations if op.type.startswith('StatelessRandom') or holds_mask(op)]
    if not sources:
        return set()
    feeds = feeds_of(graph, trace, subject)
    with tf.compat.v1.Session(graph=graph) as session:
        assign(session, graph, values)
        try:
            runs = session.run(sources, feeds), session.run(sources, feeds)
        except (tf.errors.OpError, ValueError):
            return set()
    return {value.tobytes() for value, other in zip(*runs, strict=True) if is_fixed(value, other)}


def feeds_of(graph, trace, subject):
    """Images, and hyperparameters where they act: at their default, or at their largest where that is 0."""
    asked = subject.spec.get('hyperparameters', {})
    acting = {name: value.get('default') or value.get('max', True) for name, value in asked.items()}
    others = {tensor.name: acting[tensor.op.name] for tensor in trace.inputs[1:] if tensor.op.name in acting}
    traced = trace.inputs[0].shape[1:3] if trace.inputs[0].shape.rank == 4 else (None, None)
    size = [fixed or largest for fixed, largest in zip(traced, max(subject.sizes()), strict=True)]
    images = subject.images(IMAGES, size=size)
    fed = {trace.inputs[0].name: images, **others}
    return {graph.get_tensor_by_name(name): value for name, value in fed.items()}


def draws(session, sources, feeds, at, weights):
    """Random numbers, the same for all images; those of a constant seed in another order each time."""
    tensors = [op.outputs[0] for op in sources if op.outputs[0].consumers()]
    values, again = session.run(tensors, feeds), session.run(tensors, feeds)
    order = np.random.RandomState(at)
    return {
        tensor: order.permutation(shared(value).T).T if is_fixed(value, other) and value.tobytes() not in weights else shared(value)
        for tensor, value, other in zip(tensors, values, again, strict=True)
    }


def is_fixed(value, other):
    return np.size(value) > 1 and np.array_equal(value, other)


def shared(value):
    if value.ndim > 1 and value.shape[0] == IMAGES:
        return np.repeat(value[:1], IMAGES, axis=0)
    return value


def only(op, all_draws, at):
    """The numbers of one draw for this operation and those that draw the same; a counter goes on by one."""
    tensor = op.outputs[0]
    if tensor not in all_draws[0]:
        return {}
    if op.type == 'ReadVariableOp':
        return {tensor: all_draws[0][tensor] * 31 + 7 * at}
    equal = [each for each, value in all_draws[0].items() if np.array_equal(value, all_draws[0][tensor])]
    return {each: all_draws[at][each] for each in [tensor, *equal]}


def masks(outputs):
    """Whether units are dropped, scaled or shifted for all images alike."""
    first, *others = (each.astype(np.float64) for each in outputs)
    if first.ndim != 2 or any(each.shape != first.shape or not np.isfinite(each).all() for each in others):
        return False
    as_they_are, scaled = [first, *others], [first, *(rescaled(first, each) for each in others)]
    return any(is_masked([changes(unit) for unit in zip(*(each.T for each in rows), strict=True)]) for rows in (as_they_are, scaled))


def is_masked(units):
    """Nearly all units that move at all do so alike for all images."""
    moving = [unit for unit in units if unit]
    changed = {factor for unit in moving for factor in unit if factor is not None} - {1.0}
    return bool(changed) and sum(None in unit for unit in moving) <= len(moving) / 5


def rescaled(before, after):
    """Rows that were scaled to some length after units were dropped, as they would be without."""
    kept = (np.abs(before) > 1e-6) & (np.abs(after) > 1e-6)
    ratios = [np.median(b[k] / a[k]) if k.any() else 1.0 for a, b, k in zip(before, after, kept, strict=True)]
    return after / np.maximum(np.array(ratios)[:, None], 1e-6)


def changes(draws_of_unit):
    """What becomes of a unit from draw to draw: α of α · before + β, 0 where it is the same for all images, None if neither."""
    scale = max(np.std(values) for values in draws_of_unit)
    varying = [values for values in draws_of_unit if np.std(values) > 1e-3 * scale]
    if len(varying) < 2 or scale < 1e-6:
        return set()
    return ({0.0} if len(varying) < len(draws_of_unit) else set()) | {alike(before, after) for before, after in itertools.pairwise(varying)}


def alike(before, after):
    factor, shift = np.polyfit(before, after, 1)
    if np.std(after - factor * before - shift) > 2e-3 * np.std(after):
        return None
    if abs(factor - 1) < 1e-3:
        return 1.0 if abs(shift) < 1e-3 * np.std(after) else 2.0
    return round(float(factor), 2)


def is_random(op):
    """Also what reads an integer that the graph assigns: a counter, or a generator's state."""
    if op.type != 'ReadVariableOp':
        return bool(RANDOM.match(op.type))
    users = {user.type for user in op.inputs[0].consumers()}
    return op.outputs[0].dtype.is_integer and any(user.startswith('Assign') for user in users)


def holds_mask(op):
    """Zeros and one other number, as NumPy draws a mask when a call is traced."""
    values = set(tf.make_ndarray(op.get_attr('value')).ravel().tolist()) if op.type == 'Const' else set()
    return len(values) == 2 and 0 in values


def flat_graph(trace, subject):
    """A trace without function calls and branches, in which variables stand on their own; their values by their name."""
    flat = inlined(trace, lower_control_flow=True, aggressive_inlining=True)
    variables = {id(v.handle): (v, value) for v, value in subject.initial}
    inside = trace.inputs[len(trace.inputs) - len(trace.captured_inputs) :]
    captures = {t.op.name: variables.get(id(c)) for t, c in zip(inside, trace.captured_inputs, strict=True)}
    for node in flat.node:
        if captures.get(node.name):
            variable, _ = captures[node.name]
            node.op = 'VarHandleOp'
            node.ClearField('attr')
            node.attr['dtype'].type = variable.dtype.as_datatype_enum
            node.attr['shape'].shape.CopyFrom(variable.shape.as_proto())
            node.attr['shared_name'].s = node.name.encode()
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(flat, name='')
    return graph, {name: captured[1] for name, captured in captures.items() if captured}


def assign(session, graph, values):
    with graph.as_default():
        session.run(
            [
                tf.raw_ops.AssignVariableOp(resource=graph.get_tensor_by_name(f'{name}:0'), value=tf.constant(value))
                for name, value in values.items()
            ]
        )
