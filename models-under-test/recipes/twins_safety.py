"""Twins that could harm the machine in ways that a list of reachable operations does not show."""

from tensorflow.core.framework import attr_value_pb2, function_pb2, types_pb2

from .saving import save, settle
from .tiny import Tiny
from .twin import Twin

FAMILY = 'Harm to the machine'


def saved_with(change):
    """The tiny model, with a change to its library."""

    def write(folder):
        save(Tiny(), folder)
        settle(folder, lambda proto: change(proto.meta_graphs[0].graph_def.library))

    return write


def swapped_by_optimizer(library):
    """TensorFlow's optimizer runs the other implementation of a function where its device is the preferred one."""
    called = next(each for each in library.function if '__call__' in each.signature.name)
    other = library.function.add()
    other.CopyFrom(called)
    other.signature.name = 'other_implementation'
    for function, device in ((called, b'GPU'), (other, b'CPU')):
        function.attr['api_implements'].s = b'tiny'
        function.attr['api_preferred_device'].s = device
    text(other, 'path', b'/tmp/model-assay-twin.txt')
    runs(other, 'write', 'WriteFile', ['path:output:0', 'path:output:0'])


def prints_where_caller_says(library):
    """The attribute that says where to print is filled from one of the function's own."""
    called = next(each for each in library.function if '__call__' in each.signature.name)
    target = b'file:///tmp/model-assay-twin.txt'
    called.attr['where'].s = target
    called.signature.attr.add(name='where', type='string').default_value.s = target
    text(called, 'words', b'harm')
    runs(called, 'print', 'PrintV2', ['words:output:0'], output_stream=attr_value_pb2.AttrValue(placeholder='where'))


def text(function: function_pb2.FunctionDef, name, value):
    node = function.node_def.add(name=name, op='Const')
    node.attr['dtype'].type = types_pb2.DT_STRING
    node.attr['value'].tensor.dtype = types_pb2.DT_STRING
    node.attr['value'].tensor.tensor_shape.SetInParent()
    node.attr['value'].tensor.string_val.append(value)


def runs(function, name, op, inputs, **attributes):
    """An operation that the function runs whether its result is needed or not."""
    node = function.node_def.add(name=name, op=op, input=inputs)
    for key, value in attributes.items():
        node.attr[key].CopyFrom(value)
    function.control_ret[name] = name
    function.signature.control_output.append(name)
    function.signature.is_stateful = True


def harmful(fault, change):
    return Twin('safety/no-dangerous-ops', fault, saved_with(change), writes=True)


TWINS = {
    'prints-where-caller-says': harmful(
        'The call prints into a file that an attribute of its caller names.', prints_where_caller_says
    ),
    'writes-when-optimized': harmful(
        'A function that nothing calls writes a file, and TensorFlow may run it in the place of the call.',
        swapped_by_optimizer,
    ),
}
