"""Twins that could harm the machine in ways that a list of reachable operations does not show."""

import tensorflow as tf
from tensorflow.core.framework import attr_value_pb2, function_pb2, types_pb2

from .saving import save, settle
from .tiny import Tiny
from .twin import Twin

FAMILY = 'Harm to the machine'


def saved_with(change):
    """The tiny model, with a change to its library."""
    return with_graph(lambda graph: change(graph.graph_def.library))


def with_graph(change):
    """The tiny model, with a change to its only MetaGraphDef."""

    def write(folder):
        save(Tiny(), folder)
        settle(folder, lambda proto: change(proto.meta_graphs[0]))

    return write


def saves_when_restored(meta_graph):
    """TensorFlow Serving restores the variables when it loads a model; another file is written then."""
    graph = meta_graph.graph_def
    constant(graph, 'root', b'')
    constant(graph, 'file', b'tmp/model-assay-twin')
    joined = operation(graph, 'joined', 'StringJoin', ['root', 'file'])
    joined.attr['N'].i = 2
    joined.attr['separator'].s = b'/'
    constant(graph, 'always', True)
    operation(graph, 'path', 'SelectV2', ['always', 'joined', 'saver_filename']).attr['T'].type = types_pb2.DT_STRING
    saves(graph, 'path', ('names', 'slices', 'file'))
    restores = next(node for node in graph.node if node.name == meta_graph.saver_def.restore_op_name)
    restores.input.append('^save_more')


def saves_when_optimized(meta_graph):
    """What the saver calls as well, the other implementation of the call gives a path of its own."""
    graph = meta_graph.graph_def
    keeps = graph.library.function.add()
    keeps.signature.name = 'keeps'
    keeps.signature.input_arg.add(name='prefix', type=types_pb2.DT_STRING)
    constant(keeps, 'data', b'harm')
    saves(keeps, 'prefix', ('names:output:0', 'slices:output:0', 'data:output:0'))
    always_run(keeps, 'save_more')
    swapped_by_optimizer(graph.library, lambda other: calls(other, 'path:output:0'))
    by_saver = calls(graph, 'saver_filename')
    saver = next(node for node in graph.node if node.name == meta_graph.saver_def.save_tensor_name.split(':')[0])
    saver.input.append(f'^{by_saver.name}')


def calls(body, path):
    if not path.startswith('saver'):
        constant(body, 'path', b'/tmp/model-assay-twin')
    call = operation(body, 'keep', 'StatefulPartitionedCall', [path])
    call.attr['f'].func.name = 'keeps'
    call.attr['Tin'].list.type.append(types_pb2.DT_STRING)
    call.attr['Tout'].list.SetInParent()
    if isinstance(body, function_pb2.FunctionDef):
        always_run(body, 'keep')
    return call


def saves(body, path, inputs):
    constant(body, 'names', ['harm'])
    constant(body, 'slices', [''])
    operation(body, 'save_more', 'SaveV2', [path, *inputs]).attr['dtypes'].list.type.append(types_pb2.DT_STRING)


def swapped_by_optimizer(library, harms=lambda other: writes(other)):
    """TensorFlow's optimizer runs the other implementation of a function where its device is the preferred one."""
    called = next(each for each in library.function if '__call__' in each.signature.name)
    other = library.function.add()
    other.CopyFrom(called)
    other.signature.name = 'other_implementation'
    for function, device in ((called, b'GPU'), (other, b'CPU')):
        function.attr['api_implements'].s = b'tiny'
        function.attr['api_preferred_device'].s = device
    harms(other)


def writes(function):
    constant(function, 'path', b'/tmp/model-assay-twin.txt')
    runs(function, 'write', 'WriteFile', ['path:output:0', 'path:output:0'])


def prints_where_caller_says(library):
    """The attribute that says where to print is filled from one of the function's own."""
    called = next(each for each in library.function if '__call__' in each.signature.name)
    target = b'file:///tmp/model-assay-twin.txt'
    called.attr['where'].s = target
    called.signature.attr.add(name='where', type='string').default_value.s = target
    constant(called, 'words', b'harm')
    runs(called, 'print', 'PrintV2', ['words:output:0'], output_stream=attr_value_pb2.AttrValue(placeholder='where'))


def constant(body, name, value):
    tensor = tf.make_tensor_proto(value)
    node = operation(body, name, 'Const', [])
    node.attr['dtype'].type = tensor.dtype
    node.attr['value'].tensor.CopyFrom(tensor)


def operation(body, name, op, inputs):
    """In a function or in the main graph."""
    nodes = body.node_def if isinstance(body, function_pb2.FunctionDef) else body.node
    return nodes.add(name=name, op=op, input=inputs)


def runs(function, name, op, inputs, **attributes):
    node = operation(function, name, op, inputs)
    for key, value in attributes.items():
        node.attr[key].CopyFrom(value)
    always_run(function, name)


def always_run(function, name):
    """Whether its result is needed or not."""
    function.control_ret[name] = name
    function.signature.control_output.append(name)
    function.signature.is_stateful = True


def harmful(fault, change):
    return Twin('safety/no-dangerous-ops', fault, change, writes=True)


TWINS = {
    'prints-where-caller-says': harmful(
        'The call prints into a file that an attribute of its caller names.',
        saved_with(prints_where_caller_says),
    ),
    'writes-when-optimized': harmful(
        'A function that nothing calls writes a file, and TensorFlow may run it in the place of the call.',
        saved_with(swapped_by_optimizer),
    ),
    'saves-when-optimized': harmful(
        'A function that the saver calls is called by another that may run in the place of the call, with its own path.',
        with_graph(saves_when_optimized),
    ),
    'saves-when-restored': harmful(
        'Restoring the variables writes a file: its path is joined from parts, and chosen before the one that is given.',
        with_graph(saves_when_restored),
    ),
}
