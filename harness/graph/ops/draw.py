"""Draws from TensorFlow what its registries say of each operation, into catalogue.json beside this file.

    python draw.py                        rewrite the drawn columns; new operations get a row with "units": "unknown"
    python draw.py --check                tell what differs, and fail if anything does
    python draw.py --library 2.18.1 DIR   add the operations that only the library of this older TensorFlow has;
                                          DIR holds libtensorflow_cc.so.2, as the wheel's folder tensorflow/ does

The drawn columns are takes, gives, stateful, layout, gradient, only and until. All others are reviewed by hand and kept.
docs/decisions/0007-one-catalogue-of-operations.md says what each column means and where the reviewed ones come from.
"""

import ast
import inspect
import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import tensorflow as tf
from tensorflow.core.framework import op_def_pb2
from tensorflow.python.client import pywrap_tf_session
from tensorflow.python.framework import dtypes, ops

CATALOGUE = Path(__file__).with_name('catalogue.json')
DRAWN = ('only', 'until', 'takes', 'gives', 'stateful', 'layout', 'gradient')

# Gradient functions that hand their work on in ways that cannot be read off them.
SEEN_THROUGH = {
    'PartitionedCall': ['args'],
    'StatefulPartitionedCall': ['args'],
}


def main(arguments):
    rows = {row['name']: row for row in json.loads(CATALOGUE.read_text())} if CATALOGUE.exists() else {}
    if arguments[:1] == ['--library']:
        drawn = drawn_from_library(rows, *arguments[1:])
    else:
        drawn = drawn_here(rows)
    if arguments != ['--check']:
        CATALOGUE.write_text(text_of(drawn))
        return print('Review by hand:', *sorted(drawn.keys() - rows.keys()))
    stray = differences(rows, drawn) + unsound_conditions(drawn)
    if stray:
        sys.exit('\n'.join(stray))
    print(f'{len(drawn)} operations, as in TensorFlow {tf.__version__}')


def drawn_here(rows):
    """The rows as this TensorFlow has them, those of older versions kept."""
    buffer = pywrap_tf_session.TF_GetAllOpList()
    python = parsed(pywrap_tf_session.TF_GetBuffer(buffer))
    library = parsed(in_another_process(Path(tf.__file__).parent))
    older = {name: row for name, row in rows.items() if name not in python and elsewhere(row)}
    columns = {
        name: columns_of(definition, gradient_of(definition), {} if name in library else {'only': 'Python'})
        for name, definition in python.items()
    }
    return {**older, **{name: merged(rows.get(name), drawn) for name, drawn in columns.items()}}


def elsewhere(row):
    return 'until' in row or row.get('only') not in (None, 'Python')


def drawn_from_library(rows, version, folder):
    """With the operations that an older TensorFlow had last, as far as is known."""
    number = lambda text: [int(part) for part in text.split('.')]
    last = lambda row: row is None or number(row.get('until', '99')) <= number(version)
    definitions = parsed(in_another_process(folder))
    gone = {name: definition for name, definition in definitions.items() if last(rows.get(name))}
    return {**rows, **{name: merged(rows.get(name), columns_of(each, {}, {'until': version})) for name, each in gone.items()}}


def columns_of(definition, gradient, origin):
    formats = [attr.default_value.s.decode() for attr in definition.attr if attr.name == 'data_format']
    return {
        'name': definition.name,
        **origin,
        'takes': ' '.join(argument_text(each, definition) for each in definition.input_arg),
        'gives': ' '.join(argument_text(each, definition) for each in definition.output_arg),
        **({'stateful': True} if definition.is_stateful else {}),
        **({'layout': formats[0]} if formats else {}),
        **gradient,
    }


def argument_text(argument, definition):
    """`x:T`, or `values:N*T` for a list of one type, `args:[Tin]` for one of several, `ref:T&`, `axis:Tidx=int32`."""
    if argument.type_list_attr:
        return f'{argument.name}:[{argument.type_list_attr}]'
    kind = type_text(argument, definition)
    count = f'{argument.number_attr}*' if argument.number_attr else ''
    return f'{argument.name}:{count}{kind}{"&" if argument.is_ref else ""}'


def type_text(argument, definition):
    """A dtype, or the attribute that holds it, with its default."""
    if not argument.type_attr:
        return dtypes.as_dtype(argument.type).base_dtype.name
    default = next(attr.default_value.type for attr in definition.attr if attr.name == argument.type_attr)
    return f'{argument.type_attr}={dtypes.as_dtype(default).name}' if default else argument.type_attr


def gradient_of(definition):
    """
    Left out where the registry knows nothing, so that TensorFlow raises LookupError; "none" where it is told that there
    is none; "refuses" where its function only raises an error; else the inputs that may get one.
    """
    if definition.name in SEEN_THROUGH:
        return {'gradient': SEEN_THROUGH[definition.name]}
    entry = ops.gradient_registry._registry.get(definition.name)
    if entry is None:
        return {}
    if entry['type'] is None:
        return {'gradient': 'none'}
    returned = values_returned(entry['type'])
    if not returned:
        return {'gradient': 'refuses'}
    arguments = definition.input_arg
    given = [
        argument.name
        for at, argument in enumerate(arguments)
        if may_be_float(argument, definition) and not all(is_nothing_at(value, at) for value in returned)
    ]
    return {'gradient': given}


def values_returned(function):
    """What a gradient function returns, as syntax; seen through where it only calls another. Nothing where it raises."""
    body = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    found = []
    for value in returns_in(body):
        called = function.__globals__.get(value.func.id) if is_plain_call(value) else None
        found.extend(values_returned(called) if inspect.isfunction(called) else [value])
    return found


def returns_in(node):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Return):
            yield child.value
        elif not isinstance(child, (ast.FunctionDef, ast.Lambda)):
            yield from returns_in(child)


def is_plain_call(value):
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name)


def is_nothing_at(value, at):
    """Whether a returned value gives nothing, or zeros, to the input at a position."""
    if isinstance(value, ast.BinOp) and isinstance(value.left, ast.List):
        value = value.left
    items = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
    item = items[at] if at < len(items) else None
    if item is None:
        return isinstance(value, ast.Tuple) or is_nothing(value)
    return is_nothing(item)


def is_nothing(item):
    if item is None or (isinstance(item, ast.Constant) and item.value is None):
        return True
    return isinstance(item, ast.Call) and ast.unparse(item.func).endswith('zeros_like')


def may_be_float(argument, definition):
    """Whether TensorFlow sends gradients through values of such a type at all."""
    name = argument.type_attr or argument.type_list_attr
    attr = next((each for each in definition.attr if each.name == name), None)
    if attr is None:
        return carries(argument.type)
    return not attr.HasField('allowed_values') or any(map(carries, attr.allowed_values.list.type))


def carries(number):
    kind = dtypes.as_dtype(number).base_dtype
    return kind.is_floating or kind.is_complex or kind in (dtypes.resource, dtypes.variant)


def merged(row, drawn):
    reviewed = {key: value for key, value in (row or {'units': 'unknown'}).items() if key not in DRAWN}
    return {**drawn, **reviewed}


def text_of(rows):
    lines = (json.dumps(rows[name], separators=(',', ':')) for name in sorted(rows))
    return '[\n' + ',\n'.join(lines) + '\n]\n'


def differences(rows, drawn):
    shown = lambda row: json.dumps({key: row[key] for key in DRAWN if key in row}) if row else 'no row'
    return [
        f'{name}: {shown(rows.get(name))} in the catalogue, {shown(drawn.get(name))} in TensorFlow'
        for name in sorted(rows.keys() | drawn.keys())
        if shown(rows.get(name)) != shown(drawn.get(name))
    ]


def unsound_conditions(rows):
    """Conditions on attributes or inputs that are not there, or that a default decides otherwise than an empty text."""
    definitions = parsed(pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList()))
    stray = []
    for name, row in rows.items():
        conditions = [each['unless'] for each in [row.get('random', {}), *row.get('outside', [])] if 'unless' in each]
        for condition in conditions if name in definitions else []:
            if not is_sound(condition, definitions[name]):
                stray.append(f'{name}: unless {condition}')
    return stray


def is_sound(condition, definition):
    if 'input' in condition:
        return condition['input'] in [argument.name for argument in definition.input_arg]
    attr = next((each for each in definition.attr if each.name == condition['attribute']), None)
    holds = lambda text: re.fullmatch(condition['is'], text) is not None
    return attr is not None and holds(default_text(attr)) == holds('')


def default_text(attr):
    value = attr.default_value
    match value.WhichOneof('value'):
        case 's':
            return value.s.decode()
        case 'b':
            return str(value.b).lower()
        case 'f':
            return f'{value.f:g}'
        case _:
            return ','.join(item.decode() for item in value.list.s)


def in_another_process(folder):
    """The operations of a library, listed by a process that has no other TensorFlow in it."""
    return subprocess.run([sys.executable, '-c', LISTING, str(folder)], check=True, capture_output=True).stdout


LISTING = '''
import ctypes, sys
folder = sys.argv[1]
ctypes.CDLL(f'{folder}/libtensorflow_framework.so.2', ctypes.RTLD_GLOBAL)
library = ctypes.CDLL(f'{folder}/libtensorflow_cc.so.2')
class Buffer(ctypes.Structure):
    _fields_ = [('data', ctypes.c_void_p), ('length', ctypes.c_size_t), ('free', ctypes.c_void_p)]
library.TF_GetAllOpList.restype = ctypes.POINTER(Buffer)
listed = library.TF_GetAllOpList().contents
sys.stdout.buffer.write(ctypes.string_at(listed.data, listed.length))
'''


def parsed(serialized):
    return {definition.name: definition for definition in op_def_pb2.OpList.FromString(serialized).op}


if __name__ == '__main__':
    main(sys.argv[1:])
