"""Endings that were made up without a look at what the check knows."""

import tensorflow as tf

from cases import DEPTHWISE, KERNEL, WEIGHTS, convolution, count, dense, drop, pool, rows_mask
from design_cases import TOKEN, normalised, tokens_of

PLACES = tf.Variable(tf.fill([7, 7, 8, 1], 0.1), name='places')
CODES = tf.Variable(tf.fill([5, 8], 0.1), name='codes')
CENTRES = tf.Variable(tf.fill([3, 8], 0.1), name='centres')
WEYL = tf.Variable(0.3, name='weyl')
KEPT = tf.Variable(tf.ones([8]), trainable=False, name='kept')
CALLS = tf.Variable(0, dtype=tf.int32, trainable=False, name='calls')
VARIABLES = [PLACES, CODES, CENTRES, WEYL, KEPT, CALLS]


def rows_of(x):
    return dense(tf.nn.relu(pool(convolution(x))))


def uniform(x):
    return tf.random.uniform(tf.shape(x))


def gumbel(x):
    return -tf.math.log(-tf.math.log(uniform(x)))


def masked_rolled(x):
    return tf.roll(rows_of(x), tf.random.uniform([], 0, 8, tf.int32), 1)


def masked_window_of_units(x):
    rows = tf.tile(rows_of(x), [1, 2])
    begin = tf.random.uniform([], 0, 8, tf.int32)
    return tf.ensure_shape(rows[:, begin : begin + 8], [None, 8])


def masked_reversed_in_part(x):
    return tf.reverse_sequence(rows_of(x), tf.random.uniform([count(x)], 0, 8, tf.int32), seq_axis=1, batch_axis=0)


def masked_winner(x):
    rows = rows_of(x)
    return rows * tf.one_hot(tf.argmax(rows + gumbel(rows), 1), 8)


def masked_orthogonal(x):
    turned, _ = tf.linalg.qr(tf.random.normal([8, 8]))
    return tf.matmul(rows_of(x), turned)


def masked_reflected(x):
    rows, normal = rows_of(x), tf.linalg.l2_normalize(tf.random.normal([8]))
    return rows - 2 * tf.reduce_sum(rows * normal, 1, keepdims=True) * normal


def masked_sparse(x):
    places = tf.sparse.from_dense(rows_of(x))
    return tf.sparse.to_dense(tf.sparse.retain(places, tf.random.uniform(tf.shape(places.values)) < 0.8))


def masked_straight_through(x):
    rows = rows_of(x)
    return rows + tf.stop_gradient(drop(rows) - rows)


def masked_butterflies(x):
    rows = drop(rows_of(x))
    for _ in range(2):
        rows = tf.concat([rows[:, :4] + rows[:, 4:], rows[:, :4] - rows[:, 4:]], 1)
    return rows


def masked_gate_drawn(x):
    rows = rows_of(x)
    return rows * tf.cast(uniform(rows) < tf.sigmoid(dense(rows)), tf.float32)


def masked_rounded_at_random(x):
    rows = rows_of(x)
    return tf.floor(rows * 16 + uniform(rows)) / 16


def masked_refreshed(x):
    rows = rows_of(x)
    CALLS.assign_add(1)
    tf.cond(
        CALLS % 10 == 0,
        lambda: KEPT.assign(tf.round(0.4 + tf.random.uniform([8]))).read_value(),
        lambda: KEPT.read_value(),
    )
    return rows * KEPT


def masked_weyl(x):
    rows = rows_of(x)
    WEYL.assign(tf.math.floormod(WEYL + 0.6180339, 1.0))
    return rows * tf.cast(tf.math.floormod(WEYL * tf.range(1.0, 9.0), 1.0) > 0.2, tf.float32)


def masked_by_columns_in_loop(x):
    columns = tf.transpose(rows_of(x))
    dropped = lambda column: tf.cond(tf.random.uniform([]) < 0.2, lambda: tf.zeros_like(column), lambda: column)
    return tf.transpose(tf.map_fn(dropped, columns))


def kept_pooled_by_depthwise(x):
    maps = drop(tf.ensure_shape(convolution(x), [None, 7, 7, 8]))
    return tf.squeeze(tf.nn.depthwise_conv2d(maps, PLACES, [1, 1, 1, 1], 'VALID'), [1, 2])


def kept_pooled_by_area(x):
    return tf.squeeze(tf.image.resize(drop(convolution(x)), [1, 1], method='area'), [1, 2])


def kept_weighed_by_softmax_over_places(x):
    tokens = tf.reshape(drop(x), [count(x), -1, 8])
    return tf.reduce_sum(tf.nn.softmax(tokens, 1) * tokens, 1)


def kept_recurrent(x):
    tokens = tokens_of(x)
    state = tf.zeros([count(x), 8])
    for place in range(3):
        gate = tf.sigmoid(tf.matmul(drop(tokens[:, place]), WEIGHTS) + dense(drop(state)))
        state = gate * state + (1 - gate) * tf.tanh(tf.matmul(tokens[:, place], WEIGHTS))
    return state


def kept_assigned_to_centres(x):
    tokens = tokens_of(x)
    shares = drop(tf.nn.softmax(tf.tensordot(tokens, CENTRES, [[2], [1]])))
    sums = tf.einsum('btk,btd->bkd', shares, tokens) - tf.reduce_sum(shares, 1)[..., tf.newaxis] * CENTRES
    return tf.reshape(tf.linalg.l2_normalize(sums, 2), [-1, 24])


def kept_codes_drawn(x):
    scores = tf.matmul(rows_of(x), CODES, transpose_b=True)
    return tf.matmul(tf.nn.softmax(scores + gumbel(scores)), CODES)


def kept_some_tokens(x):
    kept = tf.argsort(tf.random.uniform([count(x), 9]), axis=1)[:, :5]
    tokens = tf.gather(tokens_of(x), kept, axis=1, batch_dims=1)
    tokens = tf.concat([tf.broadcast_to(TOKEN, [count(x), 1, 8]), tokens], 1)
    return (tokens + drop(tf.tensordot(normalised(tokens), WEIGHTS, 1)))[:, 0]


def kept_halves_reversible(x):
    one, other = tf.split(rows_of(x), 2, 1)
    one = one + drop(tf.matmul(other, WEIGHTS[:4, :4]))
    other = other + drop(tf.matmul(one, WEIGHTS[:4, :4]))
    return tf.concat([one, other], 1)


def kept_half_beside_half(x):
    one, other = tf.split(rows_of(x), 2, 1)
    return one + drop(other)


def kept_depthwise_branch_of_channels(x):
    branch = tf.nn.gelu(tf.nn.depthwise_conv2d(x, DEPTHWISE, [1, 1, 1, 1], 'SAME'))
    return pool(x + tf.nn.dropout(branch, 0.2, noise_shape=[count(x), 1, 1, 8]))


def kept_shaken(x):
    bit, factor = rows_mask(x), tf.random.uniform(tf.shape(x), -1, 1)
    return pool(x + (bit + factor - bit * factor) * convolution(x))


def kept_random_kernel_around_weights(x):
    return tf.matmul(pool(x), WEIGHTS * (1 + 0.1 * tf.random.normal([8, 8])))


def kept_maps_rolled(x):
    return pool(tf.roll(tf.nn.conv2d(x, KERNEL, 1, 'SAME'), tf.random.uniform([2], 0, 5, tf.int32), [1, 2]))


CASES = {name: function for name, function in list(globals().items()) if name.startswith(('masked_', 'kept_'))}
