"""Records where TensorFlow's gradients reach, for endings of many kinds.

Run in an environment with TensorFlow, from this folder: python record.py
Writes gradients/ (a SavedModel without its variables, with a method for each case) and gradients.golden.json, which
says of each case which of its variables got a gradient once the model was loaded in another process.
"""

import json
import os
import shutil
import subprocess
import sys

import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(HERE, 'gradients')
ROWS = tf.TensorSpec([None, 3], tf.float32)


@tf.custom_gradient
def straight_through(x):
    return tf.round(x), lambda gradient: gradient


@tf.function
def inner(x, w):
    return tf.matmul(x, w)


@tf.function
def outer(x, w):
    return inner(x, w) + inner(2 * x, w)


def loop(x, w):
    return tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, tf.matmul(a, w)), [tf.constant(0), x])[1]


def sum_in_loop(x, w, b):
    total = tf.zeros_like(x)
    for i in tf.range(tf.shape(x)[0]):
        total = total + x[i] * b
    return tf.matmul(total, w)


def tensor_array(x, w, b):
    array = tf.TensorArray(tf.float32, size=2)
    for i in tf.range(2):
        array = array.write(i, tf.matmul(x, w) + b)
    return array.stack()[1]


def either(x, w, b):
    return tf.cond(tf.reduce_sum(tf.matmul(x, b)) > 0, lambda: tf.matmul(x, w), lambda: 2 * tf.matmul(x, w))


def chosen(x, w, b):
    return tf.switch_case(tf.shape(x)[0] % 2, [lambda: tf.matmul(x, w), lambda: tf.matmul(x, b)])


def norm_at_inference(x, scale, offset, mean, variance):
    maps = x[:, tf.newaxis, tf.newaxis, :]
    rows, _, _ = tf.compat.v1.nn.fused_batch_norm(maps, scale, offset, mean=mean, variance=variance, is_training=False)
    return rows[:, 0, 0, :]


def convolution(x, kernel, bias):
    maps = tf.nn.conv2d(x[:, tf.newaxis, tf.newaxis, :], kernel, 1, 'SAME')
    return tf.nn.bias_add(maps, bias)[:, 0, 0]


def through_stopped_sum(x, w):
    rows = tf.matmul(x, w)
    return rows + tf.stop_gradient(tf.round(rows) - rows)


# Each case: a function of rows and variables, and the variables' shapes.
CASES = {
    'dense': (lambda x, w, b: tf.matmul(x, w) + b, [[3, 4], [4]]),
    'straight_through': (lambda x, w: straight_through(tf.matmul(x, w)), [[3, 4]]),
    'through_stopped_sum': (through_stopped_sum, [[3, 4]]),
    'nested_functions': (outer, [[3, 4]]),
    'cond': (either, [[3, 4], [3, 4]]),
    'switch_case': (chosen, [[3, 4], [3, 4]]),
    'while_loop': (loop, [[3, 3]]),
    'sum_in_loop': (sum_in_loop, [[3, 3], [3]]),
    'map_fn': (lambda x, w: tf.map_fn(lambda row: tf.linalg.matvec(w, row), x), [[4, 3]]),
    'tensor_array': (tensor_array, [[3, 4], [4]]),
    'gather_by_argmax': (lambda x, w, t: tf.gather(t, tf.argmax(tf.matmul(x, w), 1)), [[3, 4], [4, 5]]),
    'gather_by_top_k': (lambda x, w, t: tf.gather(t, tf.math.top_k(tf.matmul(x, w), 1).indices[:, 0]), [[3, 4], [4, 5]]),
    'top_k': (lambda x, w: tf.math.top_k(tf.matmul(x, w), 2).values, [[3, 4]]),
    'embedding': (lambda x, t: tf.nn.embedding_lookup(t, tf.cast(x[:, 0], tf.int32)), [[4, 5]]),
    'cast_to_int': (lambda x, w, b: tf.cast(tf.cast(tf.matmul(x, w), tf.int32), tf.float32) + b, [[3, 4], [4]]),
    'cast_to_half': (lambda x, w: tf.cast(tf.cast(tf.matmul(x, w), tf.float16), tf.float32), [[3, 4]]),
    'where': (lambda x, w, b: tf.where(tf.matmul(x, b) > 0, tf.matmul(x, w), 0.0), [[3, 4], [3, 4]]),
    'one_hot': (lambda x, w, b: tf.one_hot(tf.argmax(tf.matmul(x, w), 1), 4) * b, [[3, 4], [4]]),
    'floor_and_ceil': (lambda x, w, b: tf.math.floor(tf.matmul(x, w)) + tf.math.ceil(tf.matmul(x, b)), [[3, 4], [3, 4]]),
    'swish': (lambda x, w: tf.nn.swish(tf.matmul(x, w)), [[3, 4]]),
    'norm_at_inference': (norm_at_inference, [[3], [3], [3], [3]]),
    'shape_only': (lambda x, w, b: tf.matmul(x, w) + tf.zeros(tf.shape(b)), [[3, 4], [4]]),
    'zeros_like': (lambda x, w, b: tf.matmul(x, w) + tf.zeros_like(b), [[3, 4], [4]]),
    'convolution': (convolution, [[1, 1, 3, 4], [4]]),
    'pad_with': (lambda x, w, b: tf.pad(tf.matmul(x, w), [[0, 0], [0, 1]], constant_values=b), [[3, 4], []]),
    'sort': (lambda x, w: tf.sort(tf.matmul(x, w), axis=1), [[3, 4]]),
    'rank_by_argsort': (lambda x, w, b: tf.cast(tf.argsort(tf.matmul(x, w)), tf.float32) * b, [[3, 4], [4]]),
    'scatter': (lambda x, w: tf.tensor_scatter_nd_update(tf.zeros([2, 4]), [[0]], tf.matmul(x, w)[:1]), [[3, 4]]),
    'recompute': (lambda x, w: tf.recompute_grad(lambda a: tf.nn.relu(tf.matmul(a, w)))(x), [[3, 4]]),
    'bucketize': (lambda x, w, b: tf.gather(b, tf.raw_ops.Bucketize(input=tf.matmul(x, w)[:, 0], boundaries=[0.0])), [[3, 4], [9]]),
    'floor_division': (lambda x, w, b: tf.matmul(x, w) // b, [[3, 4], [4]]),
    'unused': (lambda x, w, b: tf.matmul(x, w), [[3, 4], [4]]),
}


class Root(tf.__internal__.tracking.AutoTrackable):
    pass


def method(rows, weights):
    call = tf.function(lambda x: rows(x, *weights))
    call.get_concrete_function(ROWS)
    return call


def save():
    root = Root()
    for name, (rows, shapes) in CASES.items():
        weights = [tf.Variable(tf.fill(shape, 0.3)) for shape in shapes]
        setattr(root, f'{name}_weights', weights)
        setattr(root, name, method(rows, weights))
    shutil.rmtree(MODEL, ignore_errors=True)
    tf.saved_model.save(root, MODEL)


def record():
    root = tf.saved_model.load(MODEL)
    recorded = {}
    for name in CASES:
        with tf.GradientTape() as tape:
            rows = getattr(root, name)(tf.constant([[0.1, 0.2, 0.3], [0.3, 0.1, 0.5]]))
        gradients = tape.gradient(rows, list(getattr(root, f'{name}_weights')))
        recorded[name] = [gradient is not None for gradient in gradients]
    with open(os.path.join(HERE, 'gradients.golden.json'), 'w') as file:
        file.write('{\n' + ',\n'.join(f'  "{name}": {json.dumps(row)}' for name, row in recorded.items()) + '\n}\n')
    for rest in ('variables', 'assets'):
        shutil.rmtree(os.path.join(MODEL, rest), ignore_errors=True)
    fingerprint = os.path.join(MODEL, 'fingerprint.pb')
    if os.path.exists(fingerprint):
        os.remove(fingerprint)


if sys.argv[1:] == ['save']:
    save()
else:
    subprocess.run([sys.executable, __file__, 'save'], check=True)
    record()
