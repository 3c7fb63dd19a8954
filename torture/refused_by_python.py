"""Changes messages of a SavedModel at random, and keeps the models that tf.saved_model.load refuses.

    python refused_by_python.py MODEL SPEC OUT COUNT SEED

Of each model that is refused, OUT gets the folder 0001 and the spec specs/0001.yaml. log.jsonl has a line for each of all.
"""
import json
import multiprocessing
import os
import pathlib
import random
import shutil
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = '-1'

import tensorflow as tf
from google.protobuf.descriptor import FieldDescriptor
from tensorflow.core.protobuf import saved_model_pb2

DEADLINE_S = 60


def main(model, spec, out, count, seed):
    base = saved_model_pb2.SavedModel.FromString((model / 'saved_model.pb').read_bytes())
    specs = out / 'specs'
    specs.mkdir(parents=True)
    for beside in spec.parent.glob(f'{spec.stem}.*'):
        if beside != spec:
            shutil.copy(beside, specs)
    with (out / 'log.jsonl').open('w') as log:
        for index in range(count):
            name = f'{index:04d}'
            changed = saved_model_pb2.SavedModel()
            changed.CopyFrom(base)
            change = changed_at_random(changed, random.Random(seed * 100_000 + index))
            shutil.copytree(model, out / name)
            (out / name / 'saved_model.pb').write_bytes(changed.SerializeToString())
            refusal = refusal_of(out / name)
            log.write(json.dumps({'name': name, 'change': change, 'refusal': refusal}) + '\n')
            log.flush()
            if refusal is None:
                shutil.rmtree(out / name)
            else:
                text = spec.read_text().replace(f'../models-under-test/{model.name}', str(out / name))
                (specs / f'{name}.yaml').write_text(text)


def refusal_of(folder):
    """What loading raises, in a process of its own; None where it raises nothing."""
    answers = multiprocessing.Queue()
    process = multiprocessing.Process(target=load, args=(str(folder), answers))
    process.start()
    process.join(DEADLINE_S)
    if process.is_alive():
        process.kill()
        return 'no answer'
    return answers.get() if not answers.empty() else f'crash: exit code {process.exitcode}'


def load(folder, answers):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        tf.saved_model.load(folder)
        answers.put(None)
    except BaseException as error:
        answers.put(f'{type(error).__name__}: {str(error).strip()[:200]}')


def changed_at_random(model, chance):
    """Changes one field; each part of the schema gets its share, however often it occurs. Says what was changed."""
    parts = {}
    for message, path in messages(model):
        if message.ListFields():
            parts.setdefault(part_of(path), []).append((message, path))
    message, path = chance.choice(parts[chance.choice(sorted(parts))])
    field, value = chance.choice(message.ListFields())
    return f'{path}.{field.name}: {change(message, field, value, chance)}'


def messages(message, path=''):
    yield message, path
    for field, value in message.ListFields():
        if field.type != FieldDescriptor.TYPE_MESSAGE:
            continue
        here = f'{path}.{field.name}'
        if not field.is_repeated:
            yield from messages(value, here)
        elif not is_map(field):
            for index, item in enumerate(value):
                yield from messages(item, f'{here}[{index}]')
        elif field.message_type.fields_by_name['value'].type == FieldDescriptor.TYPE_MESSAGE:
            for key in sorted(value, key=str):
                yield from messages(value[key], f'{here}[{key}]')


def part_of(path):
    start = '.'.join(path.split('.')[:4]).split('[')[0]
    return start + ('O' if 'object_graph' in path else '') + ('L' if 'library' in path else '')


def is_map(field):
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def change(message, field, value, chance):
    name = field.name
    if field.is_repeated and is_map(field):
        return change_map(value, chance)
    if field.is_repeated:
        return change_list(field, value, chance)
    if field.type == FieldDescriptor.TYPE_MESSAGE:
        message.ClearField(name)
        return 'cleared'
    setattr(message, name, other_value(field, value, chance))
    return f'{value!r} -> {getattr(message, name)!r}'


def change_map(value, chance):
    key = chance.choice(sorted(value, key=str))
    if chance.random() < 0.4:
        other = key + 'x' if isinstance(key, str) else key + 1000
        if hasattr(value[key], 'CopyFrom'):
            value[other].CopyFrom(value[key])
        else:
            value[other] = value[key]
        del value[key]
        return f'{key} renamed'
    del value[key]
    return f'{key} deleted'


def change_list(field, value, chance):
    index = chance.randrange(len(value))
    if chance.random() < 0.5:
        del value[index]
        return f'{index} deleted'
    if field.type == FieldDescriptor.TYPE_MESSAGE:
        value.add().CopyFrom(value[index])
    else:
        value.append(value[index])
    return f'{index} doubled'


def other_value(field, value, chance):
    if field.type == FieldDescriptor.TYPE_STRING:
        return chance.choice(['', value + 'x', 'zzz'])
    if field.type == FieldDescriptor.TYPE_BYTES:
        return chance.choice([b'', value + b'x', b'zzz'])
    if field.type == FieldDescriptor.TYPE_ENUM:
        return chance.choice([1, 3, 7, 9, 10])
    if field.type == FieldDescriptor.TYPE_BOOL:
        return not value
    if field.type in (FieldDescriptor.TYPE_FLOAT, FieldDescriptor.TYPE_DOUBLE):
        return value + 1
    return chance.choice([0, value + 1, max(0, value - 1), 1000])


if __name__ == '__main__':
    model, spec, out, count, seed = sys.argv[1:]
    main(pathlib.Path(model).resolve(), pathlib.Path(spec).resolve(), pathlib.Path(out).resolve(), int(count), int(seed))
