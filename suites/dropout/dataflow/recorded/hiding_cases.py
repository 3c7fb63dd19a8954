"""Random values on ways that are hard to follow: through loops and branches, drawn twice alike, equal for a whole row."""

import numpy as np
import tensorflow as tf

from cases import SEED, WEIGHTS, convolution, count, dense, drop, pool, rows_mask
from design_cases import tokens_of

SCALES = np.linspace(0.7, 1.3, 8).astype(np.float32)
DRAWN = tf.Variable(tf.ones([8]), name='drawn', trainable=False)
VARIABLES = [DRAWN]


def around_one(shape):
    return tf.random.normal(shape, 1.0, 0.3)


# Loops.


def masked_factors_of_loop(x):
    rows = pool(x)
    return rows * tf.map_fn(lambda row: around_one([8]), rows)


def masked_in_loop_over_rows(x):
    return tf.map_fn(lambda row: row * around_one([8]), pool(x))


def masked_noise_of_array(x):
    rows = pool(x)
    array = tf.TensorArray(tf.float32, size=count(x), element_shape=[8])
    for row in tf.range(count(x)):
        array = array.write(row, tf.random.normal([8], 0.0, 0.3))
    return rows + array.stack()


def masked_noise_of_nested_loops(x):
    return dense(pool(x)) + tf.map_fn(lambda row: tf.map_fn(lambda _: tf.random.normal([]), row), pool(x))


def kept_factors_of_loop_before_dense(x):
    rows = pool(x)
    return dense(rows * tf.map_fn(lambda row: around_one([8]), rows))


def kept_branch_of_loop_beside(x):
    rows = pool(x)
    return rows + dense(rows) * tf.map_fn(lambda row: around_one([8]), rows)


def kept_places_of_loop_pooled(x):
    places = tf.transpose(tokens_of(x), [1, 0, 2])
    return tf.reduce_mean(tf.map_fn(drop, places), 0)


def kept_recurrent_in_loop(x):
    state = tf.zeros([count(x), 8])
    array = tf.TensorArray(tf.float32, size=3, element_shape=[None, 8])
    for place in tf.range(3):
        state = tf.tanh(tf.matmul(drop(tokens_of(x)[:, place]), WEIGHTS) + dense(drop(state)))
        array = array.write(place, state)
    return array.stack()[-1]


# Equal for all units of a row.


def masked_rows_scaled(x):
    return dense(pool(x)) * around_one([count(x), 1])


def masked_rows_shifted(x):
    return dense(pool(x)) + tf.random.normal([count(x), 1], 0.0, 0.3)


def masked_batch_scaled(x):
    return dense(pool(x)) * tf.random.uniform([], 0.7, 1.3)


def masked_batch_shifted(x):
    return dense(pool(x)) + tf.random.normal([], 0.0, 0.3)


def masked_rows_shifted_by_chance(x):
    return pool(x) + SCALES * rows_mask(x, 2)


def masked_maps_scaled(x):
    return pool(convolution(x) * around_one([count(x), 1, 1, 1]))


def kept_rows_scaled_before_dense(x):
    return dense(pool(x) * around_one([count(x), 1]) + tf.random.normal([count(x), 1]))


def kept_branch_scaled_beside(x):
    rows = pool(x)
    return rows + dense(rows) * around_one([count(x), 1])


def kept_shake_shake(x):
    rows = pool(x)
    share = tf.random.uniform([count(x), 1])
    return share * dense(rows) + (1 - share) * tf.matmul(rows, WEIGHTS)


def kept_shake_shake_of_three(x):
    rows = pool(x)
    shares = tf.nn.softmax(tf.random.normal([count(x), 3]))
    one, other, third = dense(rows), tf.matmul(rows, WEIGHTS), tf.matmul(tf.tanh(rows), WEIGHTS)
    return shares[:, :1] * one + shares[:, 1:2] * other + shares[:, 2:] * third


def kept_shake_drop(x):
    rows = pool(x)
    bit, factor = rows_mask(x, 2), tf.random.uniform([count(x), 1], -1, 1)
    return rows + (bit + factor - bit * factor) * dense(rows)


def kept_branch_shifted_and_dropped(x):
    rows = pool(x)
    bit = rows_mask(x, 2)
    return rows + (dense(rows) * bit - 1.75 * (1 - bit))


def kept_bits_of_one_draw(x):
    rows = pool(x)
    bits = tf.floor(0.9 + tf.random.uniform([count(x), 2]))
    return tf.matmul(rows, WEIGHTS) * bits[:, :1] + dense(rows) * bits[:, 1:]


def kept_experts_with_noisy_gate(x):
    rows = pool(x)
    gates = tf.nn.softmax(dense(rows)[:, :2] + tf.random.normal([count(x), 2]))
    return gates[:, :1] * dense(rows) + gates[:, 1:] * tf.matmul(rows, WEIGHTS)


def kept_places_scaled(x):
    return pool(x * around_one([count(x), 4, 4, 1])[:, : tf.shape(x)[1], : tf.shape(x)[2]])


def kept_blocks_dropped(x):
    maps = convolution(x)
    mask = tf.floor(0.9 + tf.random.uniform(tf.shape(maps)))
    return pool(maps * mask * tf.cast(tf.size(mask), tf.float32) / tf.reduce_sum(mask))


def kept_mean_of_kept_places(x):
    maps = convolution(x)
    mask = tf.floor(0.9 + tf.random.uniform(tf.concat([tf.shape(maps)[:3], [1]], 0)))
    return tf.reduce_sum(maps * mask, [1, 2]) / tf.reduce_sum(mask, [1, 2])


def masked_by_sum_of_noise(x):
    return dense(pool(x)) * (1.0 + tf.reduce_sum(tf.random.normal([count(x), 4], 0.0, 0.2), 1, keepdims=True))


# Drawn twice alike.


def summands(rows):
    return dense(rows), tf.matmul(tf.tanh(rows), WEIGHTS)


def masked_by_equal_seeds(x):
    one, other = summands(pool(x))
    seed = tf.random.uniform([2], maxval=2**31 - 1, dtype=tf.int32)
    factors = [tf.random.stateless_normal(tf.shape(each), seed, 1.0, 0.3) for each in (one, other)]
    return one * factors[0] + other * factors[1]


def masked_by_equal_seeds_of_variable(x):
    one, other = summands(pool(x))
    SEED.assign_add([0, 1])
    factors = [tf.random.stateless_uniform(tf.shape(each), SEED.read_value()) for each in (one, other)]
    return one * tf.round(factors[0]) + other * tf.round(factors[1])


def masked_by_equal_seeds_of_operations(x):
    one, other = summands(pool(x))
    return drop(one, seed=5) + drop(other, seed=5)


def masked_by_variable_read_twice(x):
    one, other = summands(pool(x))
    DRAWN.assign(around_one([8]))
    return one * DRAWN.read_value() + other * DRAWN.read_value()


def kept_by_other_seeds(x):
    one, other = summands(pool(x))
    seeds = tf.random.experimental.stateless_split(SEED.assign_add([0, 1]), 2)
    return one * tf.random.stateless_normal(tf.shape(one), seeds[0], 1.0, 0.3) + other * tf.random.stateless_normal(
        tf.shape(other), seeds[1], 1.0, 0.3
    )


def kept_by_variable_drawn_twice(x):
    one, other = summands(pool(x))
    DRAWN.assign(around_one([8]))
    one *= DRAWN.read_value()
    DRAWN.assign(around_one([8]))
    return one + other * DRAWN.read_value()


# Branches.


def masked_by_branch_with_scales(x):
    rows = dense(pool(x))
    branch = tf.random.uniform([], maxval=3, dtype=tf.int32)
    return tf.switch_case(branch, [lambda: rows, lambda: rows * SCALES, lambda: rows * SCALES[::-1]])


def masked_by_branch_with_shifts(x):
    rows = dense(pool(x))
    return tf.cond(tf.random.uniform([]) < 0.4, lambda: rows + SCALES, lambda: rows)


def masked_by_row_of_table(x):
    table = tf.constant(np.stack([SCALES, SCALES[::-1]]))
    return dense(pool(x)) * tf.gather(table, tf.random.uniform([], maxval=2, dtype=tf.int32))


def masked_by_choice_of_shifts(x):
    rows = dense(pool(x))
    return tf.where(tf.random.uniform([count(x), 1]) < 0.4, rows + SCALES, rows)


def masked_by_branch_with_activation(x):
    rows = dense(pool(x))
    return tf.cond(tf.random.uniform([]) < 0.4, lambda: tf.nn.relu(rows), lambda: rows)


def masked_by_shift_of_branch(x):
    return dense(pool(x)) + tf.cond(tf.random.uniform([]) < 0.4, lambda: SCALES, lambda: 0 * SCALES)


def kept_colours_by_branch(x):
    x = tf.cond(tf.random.uniform([]) < 0.4, lambda: x * SCALES, lambda: x)
    return pool(tf.cond(tf.random.uniform([]) < 0.4, lambda: tf.reverse(x, [2]), lambda: x))


def kept_by_branch_with_block(x):
    rows = pool(x)
    return tf.cond(tf.random.uniform([]) < 0.4, lambda: rows + dense(rows), lambda: rows)


def kept_by_branch_of_two_layers(x):
    rows = pool(x)
    return tf.cond(tf.random.uniform([]) < 0.4, lambda: dense(rows), lambda: tf.matmul(tf.tanh(rows), WEIGHTS))


def kept_by_branch_with_nothing(x):
    rows = pool(x)
    return tf.cond(tf.random.uniform([]) < 0.4, lambda: tf.identity(rows), lambda: rows)


def kept_by_branch_before_dense(x):
    rows = pool(x)
    return dense(tf.cond(tf.random.uniform([]) < 0.4, lambda: rows * SCALES, lambda: rows))


def kept_by_branch_beside(x):
    rows = pool(x)
    inner = dense(rows)
    return rows + tf.cond(tf.random.uniform([]) < 0.4, lambda: inner * SCALES, lambda: inner)


# A Fourier transform of all units without its inverse mixes them.


def masked_after_cosines(x):
    return drop(tf.signal.dct(pool(x)))


def masked_rows_before_cosines(x):
    return tf.signal.dct(pool(x) * rows_mask(x, 2))


def masked_groups_before_cosines(x):
    groups = tf.reshape(pool(x), [-1, 4, 2]) * tf.floor(0.9 + tf.random.uniform([count(x), 4, 1]))
    return tf.reshape(tf.signal.dct(groups), [-1, 8])


def kept_before_cosines(x):
    return tf.signal.dct(drop(pool(x))) * SCALES


def kept_noise_before_cosines(x):
    return tf.signal.dct(pool(x) + tf.random.normal([count(x), 8])) * SCALES


CASES = {name: function for name, function in list(globals().items()) if name.startswith(('masked_', 'kept_'))}
