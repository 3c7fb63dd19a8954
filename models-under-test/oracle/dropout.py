"""Rules on dropout of the outputs: by repeated calls, and by following randomness through the graph."""

import re

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import _run_inline_graph_optimization as inlined

DRAWS = 100


def outputs_kept(subject):
    """Sees units that take one value, the same for several images, while the rest of the row does not.

    All weights are moved a little beforehand, the same way in each call: what happens only because a weight
    is exactly zero does not happen any more, whereas a mask on the outputs does what it did. Where the graph holds
    no mask, values come back for other reasons: the limits and jumps of activations.
    """
    if not any(no_mask_in_graph(subject)):
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
    """Sees random numbers, different for each unit, that reach the output past nothing that mixes units."""
    for trace in traces(subject):
        masked = masked_tensors(flat_graph(trace, subject))
        for output in results(trace):
            if output.name in masked:
                yield f'{masked[output.name]} reaches the output'


def traces(subject):
    endpoint = subject.spec.get('endpoint', '__call__')
    if isinstance(endpoint, dict):
        return [subject.object.signatures[endpoint['signature']]]
    method = getattr(subject.object, endpoint)
    return getattr(method, 'concrete_functions', [method])


def results(trace):
    """What a trace gives. Once a gradient was asked for, its other outputs are everything inside."""
    return trace.outputs[: len(tf.nest.flatten(trace.structured_outputs, expand_composites=True))]


def flat_graph(trace, subject):
    """A trace without function calls and branches, in which the shapes of variables are known."""
    flat = inlined(trace, lower_control_flow=True, aggressive_inlining=True)
    variables = {id(v.handle): v for v, _ in subject.initial}
    inside = trace.inputs[len(trace.inputs) - len(trace.captured_inputs) :]
    captures = {t.op.name: variables.get(id(c)) for t, c in zip(inside, trace.captured_inputs, strict=True)}
    for node in flat.node:
        variable = captures.get(node.name)
        if variable is not None:
            node.op = 'VarHandleOp'
            node.ClearField('attr')
            node.attr['dtype'].type = variable.dtype.as_datatype_enum
            node.attr['shape'].shape.CopyFrom(variable.shape.as_proto())
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(flat, name='')
    return graph


def masked_tensors(graph):
    """Name of each tensor in which units are random each for itself -> the random operation."""
    masked, before = {}, -1
    while len(masked) > before:  # once more for each loop in the graph
        before = len(masked)
        for op in graph.get_operations():
            sources = (
                [op.name] if RANDOM.match(op.type) else [masked[t.name] for t in op.inputs if passes(op, t, masked)]
            )
            for source in sources:
                masked |= {tensor.name: source for tensor in op.outputs}
    return masked


def passes(op, tensor, masked):
    """Whether an input is random, and still differs between units in the result of the operation."""
    if tensor.name not in masked or op.type in MIXES or (op.type in REDUCES and over_units(op)):
        return False
    return not (op.type in SPREADS and tensor.shape.rank and tensor.shape[-1] == 1 and op.outputs[0].shape[-1] != 1)


def over_units(op):
    axes, rank = tf.get_static_value(op.inputs[1]), op.inputs[0].shape.rank
    return axes is None or not {-1, rank and rank - 1}.isdisjoint(np.ravel(axes).tolist())


RANDOM = re.compile(
    '(Stateless|Parameterized)?(Random(Uniform|StandardNormal|Gamma|Poisson)|TruncatedNormal|Multinomial)'
)
MIXES = {'MatMul', 'BatchMatMulV2', 'BatchMatMulV3', 'Einsum', 'Conv2D', 'Shape', 'Size', 'ZerosLike', 'OnesLike'}
REDUCES = {'Mean', 'Sum', 'Max', 'Min', 'Prod'}
# Operations in which all units share what has but one column.
SPREADS = {'Mul', 'Add', 'AddV2', 'Sub', 'RealDiv', 'SelectV2', 'BroadcastTo'}

RULES = {
    'dropout/outputs-kept': outputs_kept,
    'dropout/no-mask-in-graph': no_mask_in_graph,
}
