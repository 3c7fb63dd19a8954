"""Twins that TensorFlow refuses to load although what is called in them works: damaged, or rewritten by a careless converter."""

import tensorflow as tf

from .saving import save, settle
from .tiny import IMAGES, Tiny
from .twin import INFERENCE_ONLY, Twin
from .twins_signature import NO_LISTS

FAMILY = 'What loading refuses'


class WithSpare(Tiny):
    """Has a method beside `__call__`, which nobody calls."""

    @tf.function(input_signature=[IMAGES])
    def spare(self, images):
        return tf.nn.avg_pool2d(images, 2, 2, 'SAME', name='pooled')


def changed(change):
    """The model with a change to its meta graph."""

    def write(folder):
        save(WithSpare(), folder)
        settle(folder, lambda proto: change(proto.meta_graphs[0]))

    return write


def spare_node(change):
    """A change to the pooling of the spare method."""

    def edit(meta):
        functions = meta.graph_def.library.function
        [node] = [node for function in functions for node in function.node_def if node.name == 'pooled']
        change(node)

    return changed(edit)


def of_other_type(node):
    node.attr['T'].type = tf.float64.as_datatype_enum


def without_padding(node):
    del node.attr['padding']


def with_input_twice(node):
    node.input.append(node.input[0])


def shape_noted_wrong(node):
    node.attr['_output_shapes'].list.shape[0].CopyFrom(tf.TensorShape([None, 7]).as_proto())


def window_of_three_axes(node):
    del node.attr['ksize'].list.i[-1]


def spare_object(meta):
    """The saved function of the spare method."""
    graph = meta.object_graph_def
    [child] = [child for child in graph.nodes[0].children if child.local_name == 'spare']
    return graph.nodes[child.node_id]


def argument_lacks_kind(meta):
    fields = spare_object(meta).function.function_spec.fullargspec.named_tuple_value.values
    [defaults] = [field for field in fields if field.key == 'defaults']
    defaults.value.Clear()


def arguments_lack_field(meta):
    fields = spare_object(meta).function.function_spec.fullargspec.named_tuple_value.values
    [at] = [at for at, field in enumerate(fields) if field.key == 'kwonlyargs']
    del fields[at]


def object_of_no_kind(meta):
    child = meta.object_graph_def.nodes[0].children.add(local_name='spare_part')
    child.node_id = len(meta.object_graph_def.nodes)
    meta.object_graph_def.nodes.add()


def signature_of_three(meta):
    [name] = spare_object(meta).function.concrete_functions
    signature = meta.object_graph_def.concrete_functions[name].canonicalized_input_signature
    signature.tuple_value.values.add().tuple_value.SetInParent()


def traced_with_more(meta):
    [name] = spare_object(meta).function.concrete_functions
    given = meta.object_graph_def.concrete_functions[name].canonicalized_input_signature.tuple_value.values[0].tuple_value
    given.values.add().CopyFrom(given.values[0])


def refused(fault, write):
    return Twin('signature/loads', fault, write, writes=True, spec=INFERENCE_ONLY)


def unreadable(fault, change):
    return Twin('signature/root-call', fault, changed(change), writes=True, also=NO_LISTS, spec=INFERENCE_ONLY)


TWINS = {
    'spare-argument-lacks-kind': unreadable(
        'The defaults of a method that nobody calls are no Python value.', argument_lacks_kind
    ),
    'spare-arguments-lack-field': unreadable(
        'The arguments of a method that nobody calls lack the field `kwonlyargs`.', arguments_lack_field
    ),
    'spare-lacks-attribute': refused(
        'An operation of a method that nobody calls lacks its padding.', spare_node(without_padding)
    ),
    'spare-of-other-type': refused(
        'An operation of a method that nobody calls takes float64 where it is given float32.', spare_node(of_other_type)
    ),
    'spare-part-of-no-kind': unreadable('The object graph has an object of no kind.', object_of_no_kind),
    'spare-pools-three-axes': refused(
        'The window of a method that nobody calls has three axes for images of four.', spare_node(window_of_three_axes)
    ),
    'spare-shape-noted-wrong': refused(
        'The file notes a shape for a method that nobody calls which it cannot have.', spare_node(shape_noted_wrong)
    ),
    'spare-signature-of-three': unreadable(
        'The signature of a method that nobody calls is no pair of positional and keyword arguments.', signature_of_three
    ),
    'spare-takes-images-twice': refused(
        'An operation of a method that nobody calls has one input too many.', spare_node(with_input_twice)
    ),
    'spare-traced-with-more': unreadable(
        'A method that nobody calls was traced with more arguments than it has.', traced_with_more
    ),
}
