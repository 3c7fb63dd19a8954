"""Records which trace the object that hub.load gives runs, for calls with unusual arguments.

Run in an environment with TensorFlow, from this folder: python record.py
Writes odd-calls/ (a SavedModel without its variables) and odd-calls.golden.json.
"""

import itertools
import json
import math
import os
import shutil

import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(HERE, 'odd-calls')
IMAGES = tf.TensorSpec([None, None, None, 3], tf.float32, name='images')
FIXED = tf.TensorSpec([None, 8, 8, 3], tf.float32, name='images')
NUMBERS = ['float32', 'float64', 'float16', 'bfloat16', 'int32', 'int64', 'uint8', 'int8', 'uint64', 'bool', 'string', 'complex64']


class Root(tf.__internal__.tracking.AutoTrackable):
    pass


def scalar(dtype):
    return tf.TensorSpec([], dtype)


counter = itertools.count()


def result(*tensors):
    """Names the trace in the structure of its result, and tells what its tensors were."""
    values = [told(value) for value in tensors if isinstance(value, tf.Tensor)]
    return {f'trace {next(counter)}': values}


def told(tensor):
    if tensor.dtype == tf.string:
        return tensor
    if tensor.dtype == tf.bool or tensor.dtype.is_integer:
        return tf.strings.as_string(tensor)
    return tf.cast(tf.math.real(tensor) if tensor.dtype.is_complex else tensor, tf.float64)


def functions(root):
    """One function per way of declaring arguments, each with the traces a publisher might save."""

    @tf.function
    def flag(images, training=False):
        return result()

    flag.get_concrete_function(IMAGES, False)
    flag.get_concrete_function(FIXED, True)
    root.flag = flag

    @tf.function
    def only_true(images, training=False):
        return result()

    only_true.get_concrete_function(IMAGES, training=True)
    root.only_true = only_true

    @tf.function
    def required(images, training):
        return result()

    required.get_concrete_function(IMAGES, True)
    root.required = required

    @tf.function
    def sizes(images):
        return result()

    for shape in ([1, 8, 8, 3], [None, 8, 8, 3], [None, None, 8, 3], None, [None, None, None, 1]):
        sizes.get_concrete_function(tf.TensorSpec(shape, tf.float32))
    sizes.get_concrete_function(tf.TensorSpec([None, None, None, 3], tf.uint8))
    root.sizes = sizes

    for dtype in NUMBERS:

        @tf.function
        def tensor(images, rate):
            return result(rate)

        tensor.get_concrete_function(IMAGES, scalar(dtype))
        setattr(root, f'tensor_{dtype}', tensor)

        @tf.function(input_signature=[IMAGES, scalar(dtype)])
        def signed(images, rate):
            return result(rate)

        setattr(root, f'signed_{dtype}', signed)

    @tf.function
    def both(images, rate=0.2, training=False):
        return result(rate)

    both.get_concrete_function(IMAGES, scalar('float32'), False)
    both.get_concrete_function(IMAGES, 0.2, False)
    both.get_concrete_function(IMAGES, 1, False)
    both.get_concrete_function(IMAGES, scalar('int32'), True)
    both.get_concrete_function(IMAGES, scalar('float64'), True)
    root.both = both

    @tf.function(input_signature=[IMAGES])
    def rest_fixed(images, training=False, rate=0.5, mode='a', extra=None):
        return result()

    root.rest_fixed = rest_fixed

    @tf.function(input_signature=[tf.TensorSpec([None, 8, 8, 3]), tf.TensorSpec([2], tf.float32)])
    def vector(images, rates=[1, 2]):
        return result(rates)

    root.vector = vector

    @tf.function
    def keyword_only(images, *, training=False, rate=0.1):
        return result(rate)

    keyword_only.get_concrete_function(IMAGES, training=True, rate=scalar('float32'))
    keyword_only.get_concrete_function(IMAGES, rate=scalar('float32'))
    root.keyword_only = keyword_only

    @tf.function
    def any_keyword(images, **options):
        return result(*[options[k] for k in sorted(options)])

    any_keyword.get_concrete_function(IMAGES)
    any_keyword.get_concrete_function(IMAGES, training=True)
    any_keyword.get_concrete_function(IMAGES, zeta=scalar('float32'), alpha=scalar('float32'))
    root.any_keyword = any_keyword

    @tf.function
    def any_positional(*images):
        return result()

    any_positional.get_concrete_function(IMAGES)
    root.any_positional = any_positional

    @tf.function
    def anything(*images, **options):
        return result(*[options[k] for k in sorted(options)])

    anything.get_concrete_function(IMAGES, training=True)
    anything.get_concrete_function(IMAGES, rate=scalar('float32'))
    root.anything = anything

    @tf.function
    def containers(images, sizes=[1, 2], scales=(0.5, 'x'), options={'a': 1}, empty=()):
        return result()

    containers.get_concrete_function(IMAGES)
    root.containers = containers

    @tf.function
    def list_tensors(images, rates=[0.5, 1]):
        return result(*rates) if isinstance(rates, list) else result(rates)

    list_tensors.get_concrete_function(IMAGES, tf.TensorSpec([2], tf.float32))
    root.list_tensors = list_tensors

    @tf.function
    def tensor_default(images, rate=tf.constant(0.25)):
        return result(rate)

    tensor_default.get_concrete_function(IMAGES)
    root.tensor_default = tensor_default

    @tf.function
    def values(images, value=None):
        return result()

    for value in (0, 1.5, 'a', tf.float32, None, 2, -0.0, 16777217):
        values.get_concrete_function(IMAGES, value)
    root.values = values

    @tf.function
    def not_a_number(images, value=math.nan):
        return result()

    not_a_number.get_concrete_function(IMAGES, math.nan)
    root.not_a_number = not_a_number

    @tf.function
    def _private(images, _rate=0.5):
        return result()

    _private.get_concrete_function(IMAGES)
    root.private = _private

    @tf.function
    def no_images():
        return result()

    no_images.get_concrete_function()
    root.no_images = no_images

    @tf.function
    def nested(inputs, training=False):
        return result()

    nested.get_concrete_function({'images': IMAGES})
    root.nested = nested

    @tf.function
    def ragged(images):
        return {'trace': tf.zeros([])}

    ragged.get_concrete_function(tf.RaggedTensorSpec([None, None], tf.float32))
    root.ragged = ragged

    @tf.function
    def bare(images, training=False, rate=0.5):
        return result(rate)

    root.bare_rate = bare.get_concrete_function(FIXED, True, scalar('float32'))
    root.bare_plain = bare.get_concrete_function(tf.TensorSpec([None, 8, 8, 3], name='picture'))
    root.pruned_one = pruned([FIXED])
    root.pruned_two = pruned([IMAGES, tf.TensorSpec([], tf.float32, name='rate')])


def pruned(arguments):
    """A part of a graph, of which no signature is saved."""
    graph = tf.compat.v1.wrap_function(lambda *tensors: [told(tensor) for tensor in tensors[1:]], arguments)
    return graph.prune(graph.inputs, {f'trace {next(counter)}': graph.outputs})


VALUES = [True, False, 0, 1, 2, -1, 300, 0.5, 1.0, 0.0, 0.2, 1.5, 1e10, 2**40 + 1, 16777217, 'a', '', 'float32', None]
GOOD = [2, 8, 8, 3]


def calls():
    shapes = [GOOD, [1, 8, 8, 3], [2, 8, 9, 3], [2, 9, 8, 3], [0, 8, 8, 3], [8, 8, 3], [2, 8, 8, 1], [2, 8, 8, 4]]
    for name in ('flag', 'sizes', 'rest_fixed', 'vector', 'any_positional', 'ragged', 'nested', 'bare_plain', 'pruned_one', 'pruned_two'):
        for shape in shapes:
            for dtype in ('float32', 'uint8', 'float64'):
                yield name, shape, dtype, {}
    for name in ('flag', 'only_true', 'required', 'any_keyword', 'anything', 'keyword_only', 'rest_fixed', 'both', 'nested', 'no_images', 'bare_plain', 'bare_rate', 'pruned_one', 'pruned_two'):
        for value in VALUES:
            yield name, GOOD, 'float32', {'training': value}
    for name in ('both', 'keyword_only', 'rest_fixed', 'anything', 'any_keyword', 'bare_rate', 'pruned_two', 'list_tensors', 'tensor_default', *(f'{way}_{d}' for way in ('tensor', 'signed') for d in NUMBERS)):
        for value in VALUES:
            yield name, GOOD, 'float32', {'rate': value}
            if not name.startswith(('tensor_', 'signed_')):
                yield name, GOOD, 'float32', {'rate': value, 'training': True}
    for value in VALUES:
        yield 'values', GOOD, 'float32', {'value': value}
        yield 'not_a_number', GOOD, 'float32', {'value': value}
        yield 'any_keyword', GOOD, 'float32', {'zeta': value, 'alpha': 0.25}
        yield 'private', GOOD, 'float32', {'_rate': value}
        yield 'list_tensors', GOOD, 'float32', {'rates': value}
        yield 'rest_fixed', GOOD, 'float32', {'mode': value}
        yield 'rest_fixed', GOOD, 'float32', {'extra': value}
        yield 'containers', GOOD, 'float32', {'sizes': value}
    for name in ('only_true', 'required', 'both', 'keyword_only', 'any_keyword', 'anything', 'containers', 'list_tensors', 'tensor_default', 'values', 'not_a_number', 'private', 'no_images', 'bare_rate'):
        yield name, GOOD, 'float32', {}
        yield name, GOOD, 'float32', {'trainig': True}
        yield name, GOOD, 'float32', {'images': True}
    yield 'containers', GOOD, 'float32', {'sizes': 1}
    yield 'containers', GOOD, 'float32', {'empty': None}
    for shape in shapes:
        yield 'bare_rate', shape, 'float32', {'training': True, 'rate': 0.5}


def images(shape, dtype):
    return tf.zeros(shape, dtype)


def written(value):
    """A float keeps its point in JSON, and says so."""
    if isinstance(value, float):
        return {'kind': 'float', 'value': value}
    return value


def plain(tensor):
    value = tensor.numpy()
    if isinstance(value, bytes):
        return value.decode()
    numbers = value.reshape(-1).tolist()
    return [number if math.isfinite(number) else str(number) for number in numbers] if value.shape else numbers[0] if math.isfinite(numbers[0]) else str(numbers[0])


def record(loaded, name, shape, dtype, arguments):
    call = {'endpoint': name, 'shape': shape, 'dtype': dtype, 'arguments': {k: written(v) for k, v in arguments.items()}}
    try:
        answer = getattr(loaded, name)(images(shape, dtype), **arguments)
    except (TypeError, ValueError, tf.errors.InvalidArgumentError) as error:
        return {**call, 'accepted': False, 'error': type(error).__name__}
    [(trace, values)] = answer.items()
    return {**call, 'accepted': True, 'trace': trace, 'values': [plain(v) for v in values] if isinstance(values, list) else []}


def main():
    root = Root()
    functions(root)
    shutil.rmtree(MODEL, ignore_errors=True)
    tf.saved_model.save(root, MODEL)
    recorded = []
    queues = {}
    for call in {repr(call): call for call in calls()}.values():
        queues.setdefault(call[0], []).append(call)
    # Loaded anew before a function is called again: it remembers earlier calls, and takes True for the 1 it saw.
    for turn in itertools.zip_longest(*queues.values()):
        loaded = tf.saved_model.load(MODEL)
        recorded += [record(loaded, *call) for call in turn if call]
    with open(os.path.join(HERE, 'odd-calls.golden.json'), 'w', encoding='utf-8') as file:
        file.write('[\n' + ',\n'.join(json.dumps(one) for one in recorded) + '\n]\n')
    for name in ('variables', 'assets', 'fingerprint.pb'):
        path = os.path.join(MODEL, name)
        shutil.rmtree(path) if os.path.isdir(path) else os.path.exists(path) and os.remove(path)


if __name__ == '__main__':
    main()
