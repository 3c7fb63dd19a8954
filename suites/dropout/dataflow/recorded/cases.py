"""Endings of graphs: `masked_…` have something random on the output, `kept_…` have none, only near it.

Each takes maps of 8 channels, a batch of any size, and gives one row for each.
"""

import tensorflow as tf

MAPS = tf.TensorSpec([None, None, None, 8], tf.float32, name='images')
WEIGHTS = tf.Variable(tf.fill([8, 8], 0.3), name='weights')
KERNEL = tf.Variable(tf.fill([1, 1, 8, 8], 0.3), name='kernel')
GROUPED = tf.Variable(tf.fill([1, 1, 4, 8], 0.3), name='grouped')
DEPTHWISE = tf.Variable(tf.fill([3, 3, 8, 1], 0.1), name='depthwise')
BIAS = tf.Variable(tf.fill([8], 0.1), name='bias')
GATES = tf.Variable(tf.fill([4, 8], 1.0), name='gates')
SEED = tf.Variable([1, 2], name='seed', trainable=False)
GENERATOR = tf.random.Generator.from_seed(1)
VARIABLES = [WEIGHTS, KERNEL, GROUPED, DEPTHWISE, BIAS, GATES, SEED, GENERATOR.state]


def pool(x):
    return tf.reduce_mean(x, [1, 2])


def dense(rows):
    return tf.matmul(rows, WEIGHTS) + BIAS


def convolution(x):
    return tf.nn.conv2d(x, KERNEL, 1, 'SAME')


def drop(x, rate=0.5, **keywords):
    return tf.nn.dropout(x, rate, **keywords)


def count(x):
    return tf.shape(x)[0]


def rows_mask(x, rank=4):
    """One bit for each image."""
    return tf.floor(0.8 + tf.random.uniform([count(x)] + [1] * (rank - 1)))


# Ways to drop.


def masked_dropout(x):
    return drop(pool(x))


def masked_dropout_of_low_rate(x):
    return drop(pool(x), 0.005)


def masked_floor_of_uniform(x):
    rows = pool(x)
    return rows / 0.9 * tf.floor(0.9 + tf.random.uniform(tf.shape(rows)))


def masked_v1_dropout(x):
    return tf.compat.v1.nn.dropout(pool(x), keep_prob=0.8)


def masked_stateless_dropout(x):
    return tf.nn.experimental.stateless_dropout(pool(x), 0.5, seed=SEED.assign_add([0, 1]), rng_alg='threefry')


def masked_general_dropout(x):
    return tf.nn.experimental.general_dropout(pool(x), 0.5, GENERATOR.uniform)


def masked_stateless_uniform(x):
    rows = pool(x)
    return rows * tf.cast(tf.random.stateless_uniform(tf.shape(rows), seed=SEED) > 0.5, tf.float32)


def masked_seed_from_image(x):
    rows = pool(x)
    seed = tf.stack([tf.cast(1e6 * tf.reduce_sum(x), tf.int32), 1])
    return rows * tf.cast(tf.random.stateless_uniform(tf.shape(rows), seed=seed) > 0.5, tf.float32)


def masked_generator(x):
    rows = pool(x)
    return tf.where(GENERATOR.uniform(tf.shape(rows)) < 0.9, rows, 0.0)


def masked_split_generator(x):
    rows = pool(x)
    return tf.where(GENERATOR.binomial(tf.shape(rows), counts=1.0, probs=0.9) > 0, rows, 0.0)


def masked_categorical(x):
    rows = pool(x)
    picks = tf.random.categorical(tf.math.log([[0.1, 0.9]]), tf.size(rows))
    return rows * tf.reshape(tf.cast(picks, tf.float32), tf.shape(rows))


def masked_shuffled_mask(x):
    return pool(x) * tf.random.shuffle(tf.constant([0.0] * 2 + [1.0] * 6))


def masked_shuffled_units(x):
    return tf.transpose(tf.random.shuffle(tf.transpose(pool(x))))


def masked_exactly_two(x):
    rows = pool(x)
    rank = tf.argsort(tf.argsort(tf.random.uniform(tf.shape(rows))))
    return tf.where(rank < 2, 0.0, rows)


def masked_one_hot_unit(x):
    return pool(x) * (1 - tf.one_hot(tf.random.uniform([count(x)], 0, 8, tf.int32), 8))


def masked_units_above(x):
    return tf.where(tf.range(8) < tf.random.uniform([count(x), 1], 4, 9, tf.int32), pool(x), 0.0)


def masked_scattered_zeros(x):
    rows = tf.transpose(pool(x))
    places = tf.random.uniform([1, 1], 0, 8, tf.int32)
    return tf.transpose(tf.tensor_scatter_nd_update(rows, places, tf.zeros([1, count(x)])))


def masked_gates_from_table(x):
    return pool(x) * tf.gather(GATES, tf.random.uniform([count(x)], 0, 4, tf.int32))


def masked_shared_by_batch(x):
    return drop(pool(x), noise_shape=[1, 8])


def masked_rows(x):
    return drop(pool(x), noise_shape=[count(x), 1])


def masked_whole_batch(x):
    return pool(x) * tf.cast(tf.random.uniform([]) < 0.9, tf.float32)


def masked_alpha(x):
    rows = pool(x)
    kept = tf.cast(tf.random.uniform(tf.shape(rows)) >= 0.1, tf.float32)
    return 0.9 * (rows * kept - 1.75 * (1 - kept)) + 0.1


def masked_selected_alpha(x):
    rows = pool(x)
    return tf.where(tf.random.uniform(tf.shape(rows)) >= 0.1, rows, -1.75) * 0.9 + 0.1


def masked_noise(x):
    return pool(x) + tf.random.normal([count(x), 8], stddev=0.1)


def masked_noise_factor(x):
    return pool(x) * tf.random.truncated_normal([count(x), 8], 1.0, 0.1)


def masked_noise_through_dense(x):
    return pool(x) + tf.matmul(tf.random.normal([count(x), 8]), WEIGHTS)


def masked_gamma_factor(x):
    return pool(x) * tf.random.gamma([8], 2.0)


def masked_rate_given(x, rate):
    return drop(pool(x), rate)


def masked_by_variable(x):
    rows = pool(x)
    GATES.assign(tf.round(tf.random.uniform([4, 8], 0.4, 1.0)))
    return rows * GATES[0]


def masked_by_chance_branch(x):
    rows = pool(x)
    return tf.cond(tf.random.uniform([]) < 0.1, lambda: tf.zeros_like(rows), lambda: rows)


def masked_factor_by_chance_branch(x):
    return tf.nn.relu(pool(x) * tf.cond(tf.random.uniform([]) < 0.1, lambda: 0.0, lambda: 1.0))


def masked_flag_in_loop(x):
    kept = tf.constant(True)
    for _ in tf.range(3):
        kept = tf.cond(kept, lambda: tf.random.uniform([]) < 0.9, lambda: True)
    return pool(x) * tf.cast(kept, tf.float32)


def masked_only_above_four(x):
    rows = pool(x)
    return tf.cond(count(x) > 4, lambda: drop(rows), lambda: rows)


# What may follow.


def masked_then_relu(x):
    return tf.nn.relu(drop(pool(x)))


def masked_then_unit_length(x):
    return tf.math.l2_normalize(drop(pool(x)), 1)


def masked_then_bias(x):
    return tf.nn.bias_add(drop(pool(x)), BIAS)


def masked_then_softmax(x):
    return tf.nn.softmax(drop(dense(pool(x))))


def masked_then_layer_norm(x):
    rows = drop(dense(pool(x)))
    mean, variance = tf.nn.moments(rows, [1], keepdims=True)
    return tf.nn.batch_normalization(rows, mean, variance, BIAS, BIAS, 1e-3)


def masked_then_batch_norm(x):
    rows, _, _ = tf.compat.v1.nn.fused_batch_norm(drop(x, noise_shape=[count(x), 1, 1, 8]), BIAS, BIAS)
    return pool(rows)


def masked_then_concat(x):
    rows = pool(x)
    return tf.concat([drop(rows), dense(rows)], 1)


def masked_one_of_columns(x):
    rows = dense(pool(x))
    return tf.concat([rows[:, :7], rows[:, 7:] * rows_mask(x, 2)], 1)


def masked_split_and_stacked(x):
    return tf.stack(tf.unstack(drop(pool(x)), axis=1)[::-1], axis=1)


def masked_column_by_column(x):
    return tf.stack([column * rows_mask(x, 1) for column in tf.unstack(pool(x), axis=1)], axis=1)


def masked_then_slice(x):
    return drop(pool(x))[:, 2:6]


def masked_then_gather(x):
    return tf.gather(drop(pool(x)), [3, 1, 2], axis=1)


def masked_then_padded(x):
    return tf.pad(drop(pool(x)), [[0, 0], [0, 2]])


def masked_then_half(x):
    return tf.cast(drop(tf.cast(pool(x), tf.float16)), tf.float32)


def masked_channels_then_pool(x):
    return pool(drop(x, noise_shape=[count(x), 1, 1, 8]))


def masked_channels_then_max_pool(x):
    return tf.reduce_max(tf.nn.max_pool2d(drop(x, noise_shape=[count(x), 1, 1, 8]), 2, 2, 'SAME'), [1, 2])


def masked_channels_then_depthwise(x):
    x = drop(x, noise_shape=[count(x), 1, 1, 8])
    return pool(tf.nn.depthwise_conv2d(x, DEPTHWISE, [1, 1, 1, 1], 'SAME'))


def masked_channels_first(x):
    x = tf.transpose(x, [0, 3, 1, 2])
    return tf.reduce_mean(drop(x, noise_shape=[count(x), 8, 1, 1]), [2, 3])


def masked_tokens_pooled(x):
    tokens = tf.reshape(x, [count(x), -1, 8])
    return tf.reduce_mean(drop(tokens, noise_shape=[count(x), 1, 8]), 1)


def masked_then_flat(x):
    x = tf.ensure_shape(x, [None, 2, 2, 8])
    return tf.reshape(drop(x, noise_shape=[count(x), 2, 2, 1]), [-1, 32])


def masked_rank_four(x):
    rows = tf.reduce_mean(x, [1, 2], keepdims=True)
    return tf.squeeze(drop(rows), [1, 2])


def masked_grouped_units(x):
    groups = tf.reshape(pool(x), [-1, 2, 4])
    return tf.reshape(groups * tf.floor(0.9 + tf.random.uniform([count(x), 2, 1])), [-1, 8])


def kept_branch_beside_skip(x):
    rows = pool(x)
    return rows + drop(dense(rows))


def masked_gate(x):
    rows = pool(x)
    return rows * drop(tf.sigmoid(dense(rows)))


def masked_einsum_product(x):
    rows = pool(x)
    return tf.einsum('bc,bc->bc', rows, tf.floor(0.9 + tf.random.uniform(tf.shape(rows))))


# Where it may hide.


@tf.function
def nested(rows):
    return tf.function(lambda rows: drop(rows))(rows)


def masked_nested(x):
    return nested(pool(x))


@tf.function(jit_compile=True)
def compiled(rows):
    return drop(rows)


def masked_compiled(x):
    return compiled(pool(x))


@tf.function
def dropped_as(rows, noise_shape):
    return tf.nn.relu(tf.nn.dropout(rows, 0.5, noise_shape=noise_shape))


def masked_shape_passed(x):
    return dropped_as(pool(x), tf.stack([count(x), 8]))


@tf.custom_gradient
def custom(rows):
    return drop(rows), lambda gradient: gradient


def masked_custom_gradient(x):
    return custom(pool(x))


def masked_recomputed(x):
    return tf.recompute_grad(lambda rows: drop(rows))(pool(x))


def masked_cond(x):
    rows = pool(x)
    return tf.cond(tf.reduce_sum(rows) > 0, lambda: rows, lambda: drop(rows))


def masked_mask_from_cond(x):
    rows = pool(x)
    mask = tf.cond(count(x) > 1, lambda: tf.random.uniform(tf.shape(rows)), lambda: tf.ones_like(rows))
    return rows * tf.round(mask)


def masked_switch_case(x):
    rows = pool(x)
    return tf.switch_case(count(x) % 3, [lambda: rows, lambda: drop(rows), lambda: 2 * rows])


def masked_while(x):
    return tf.while_loop(lambda i, rows: i < 2, lambda i, rows: (i + 1, drop(rows)), [0, pool(x)])[1]


def masked_mask_from_while(x):
    rows = pool(x)
    mask = tf.ones_like(rows)
    for _ in tf.range(3):
        mask = mask * tf.round(tf.random.uniform(tf.shape(rows)))
    return rows * mask


def masked_map_fn(x):
    return tf.map_fn(drop, pool(x))


def masked_vectorized_map(x):
    return tf.vectorized_map(drop, pool(x))


def masked_tensor_array(x):
    array = tf.TensorArray(tf.float32, 2, element_shape=[None, 4])
    for i in tf.range(2):
        array = array.write(i, drop(pool(x)[:, :4]))
    return tf.reshape(tf.transpose(array.stack(), [1, 0, 2]), [-1, 8])


def masked_v1_control_flow(x):
    return V1_COND(pool(x))


def masked_v1_while(x):
    return V1_WHILE(pool(x))


def v1(function):
    """Traced as TensorFlow 1 did, with Switch and Merge in place of If."""

    def traced(rows):
        tf.compat.v1.disable_control_flow_v2()
        try:
            return function(rows)
        finally:
            tf.compat.v1.enable_control_flow_v2()

    return tf.compat.v1.wrap_function(traced, [tf.TensorSpec([None, 8], tf.float32)])


V1_COND = v1(lambda rows: tf.compat.v1.cond(tf.shape(rows)[0] > 4, lambda: drop(rows), lambda: rows))
V1_WHILE = v1(
    lambda rows: tf.compat.v1.while_loop(lambda i, _: i < 2, lambda i, rows: (i + 1, drop(rows)), [0, rows])[1]
)
V1_KEPT = v1(
    lambda rows: tf.compat.v1.cond(tf.shape(rows)[0] > 4, lambda: dense(drop(rows)), lambda: dense(rows))
)


# What must stay allowed.


def kept_plain(x):
    return dense(pool(x))


def kept_before_dense(x):
    return dense(drop(pool(x), 0.9))


def kept_before_convolution(x):
    return pool(convolution(drop(x)))


def kept_before_grouped_convolution(x):
    return pool(tf.nn.conv2d(drop(x), GROUPED, 1, 'SAME'))


def kept_before_separable(x):
    x = tf.nn.depthwise_conv2d(drop(x), DEPTHWISE, [1, 1, 1, 1], 'SAME')
    return pool(convolution(x))


def kept_before_einsum(x):
    return tf.einsum('bc,cd->bd', drop(pool(x)), WEIGHTS)


def kept_before_batch_product(x):
    return tf.squeeze(tf.matmul(drop(pool(x))[:, tf.newaxis], WEIGHTS[tf.newaxis]), 1)


def kept_v1_control_flow(x):
    return V1_KEPT(pool(x))


def kept_in_loop(x):
    return tf.while_loop(lambda i, rows: i < 3, lambda i, rows: (i + 1, dense(drop(rows))), [0, dense(pool(x))])[1]


def kept_in_branch(x):
    rows = pool(x)
    return tf.nn.relu(tf.cond(count(x) > 4, lambda: dense(drop(rows)), lambda: dense(rows)))


def kept_stochastic_depth(x):
    return pool(tf.nn.relu(x + convolution(x) * rows_mask(x) / 0.8))


def kept_stochastic_depth_by_dropout(x):
    return pool(x + tf.nn.dropout(convolution(x), 0.2, noise_shape=[count(x), 1, 1, 1]))


def kept_stochastic_depth_by_where(x):
    return pool(tf.where(tf.random.uniform([count(x), 1, 1, 1]) < 0.8, x + convolution(x), x))


def kept_stochastic_depth_by_cond(x):
    return pool(tf.cond(tf.random.uniform([]) < 0.8, lambda: x + convolution(x), lambda: x))


def kept_flips_by_cond(x):
    return pool(tf.cond(tf.random.uniform([]) < 0.5, lambda: tf.reverse(x, [2]), lambda: x))


def kept_chance_branch_before_dense(x):
    return dense(tf.cond(tf.random.uniform([]) < 0.1, lambda: tf.zeros([count(x), 8]), lambda: pool(x)))


def kept_skip_beside_chance_branch(x):
    return pool(x + tf.cond(tf.random.uniform([]) < 0.1, lambda: tf.zeros_like(x), lambda: convolution(x)))


def kept_stochastic_depth_twice(x):
    for _ in range(2):
        x = x + convolution(tf.nn.relu(x)) * rows_mask(x)
    return tf.nn.relu(pool(x))


def kept_stochastic_depth_tiled(x):
    mask = tf.broadcast_to(rows_mask(x), tf.shape(x))
    return pool(x + convolution(x) * mask)


def kept_stochastic_depth_of_rows(x):
    rows = pool(x)
    return rows + rows_mask(x, 2) * dense(rows)


def kept_before_gate(x):
    gate = tf.sigmoid(dense(drop(pool(x))))
    return pool(x * gate[:, tf.newaxis, tf.newaxis])


def kept_attention(x):
    tokens = tf.reshape(x, [count(x), -1, 8])
    weights = drop(tf.nn.softmax(tf.matmul(tokens, tokens, transpose_b=True)))
    return tf.reduce_mean(tf.matmul(weights, tokens), 1)


def kept_attention_pooling(x):
    tokens = tf.reshape(x, [count(x), -1, 8])
    weights = tf.nn.softmax(tf.tensordot(tokens, BIAS, 1))
    return tf.einsum('btc,bt->bc', tokens, drop(weights))


def kept_tokens_dropped(x):
    tokens = tf.reshape(x, [count(x), -1, 8])
    return tf.reduce_mean(tf.nn.dropout(tokens, 0.5, noise_shape=[count(x), tf.shape(tokens)[1], 1]), 1)


def kept_pixels_dropped(x):
    size = tf.shape(x)
    mask = tf.floor(0.9 + tf.random.uniform([size[0], size[1], size[2], 1]))
    return tf.reduce_sum(x * mask, [1, 2]) / tf.reduce_sum(mask, [1, 2])


def kept_brightness(x):
    return pool(convolution(x + tf.random.uniform([count(x), 1, 1, 1])))


def kept_brightness_without_layer(x):
    return pool(x * tf.random.uniform([count(x), 1, 1, 1], 0.8, 1.2))


def kept_flips_without_layer(x):
    return pool(tf.where(tf.random.uniform([count(x), 1, 1, 1]) < 0.5, tf.reverse(x, [2]), x))


def kept_turned_without_layer(x):
    turn = tf.concat([tf.random.uniform([1, 6]), tf.zeros([1, 2])], 1)
    return pool(
        tf.raw_ops.ImageProjectiveTransformV3(
            images=x, transforms=turn, output_shape=[9, 9], fill_value=0.0, interpolation='BILINEAR'
        )
    )


def kept_random_crop(x):
    return pool(tf.slice(x, tf.concat([[0], tf.random.uniform([2], 0, 3, tf.int32), [0]], 0), [-1, 4, 4, -1]))


def kept_random_pixels(x):
    tokens = tf.reshape(x, [count(x), -1, 8])
    return tf.reduce_mean(tf.gather(tokens, tf.random.uniform([5], 0, 9, tf.int32), axis=1), 1)


def kept_random_size(x):
    return pool(tf.image.resize(x, tf.random.uniform([2], 20, 30, tf.int32)))


def kept_shuffled_images(x):
    return dense(pool(tf.random.shuffle(x)))


def kept_mixed_images(x):
    share = tf.random.uniform([count(x), 1, 1, 1])
    return pool(share * x + (1 - share) * x[::-1])


def kept_random_shape_only(x):
    return pool(x) * tf.cast(tf.shape(tf.random.uniform([3]))[0], tf.float32)


def kept_random_zeros_like(x):
    return pool(x) + tf.zeros_like(tf.random.uniform([count(x), 8]))


def kept_random_asserted(x):
    with tf.control_dependencies([tf.debugging.assert_less(tf.random.uniform([]), 2.0)]):
        return tf.identity(pool(x))


def kept_random_beside(x):
    SEED.assign(tf.random.uniform([2], 0, 9, tf.int32))
    return pool(x)


def kept_constant_seed(x):
    rows = pool(x)
    return rows * tf.round(tf.random.stateless_uniform(tf.shape(rows), seed=[1, 2]))


def kept_constant_gates(x):
    return pool(x) * GATES[0]


def kept_noisy_weights(x):
    return tf.matmul(pool(x), WEIGHTS + tf.random.normal([8, 8]))


def kept_dropped_weights(x):
    return tf.matmul(pool(x), tf.nn.dropout(WEIGHTS, 0.5))


def kept_noise_before_dense(x):
    return dense(pool(x) + tf.random.normal([count(x), 8]))


def kept_mean_of_draws(x):
    rows = pool(x)
    return tf.reduce_mean(tf.stack([dense(drop(rows)) for _ in range(4)]), 0)


def kept_norm_of_dropped(x):
    rows = pool(x)
    return rows / tf.norm(drop(rows), axis=1, keepdims=True)


def kept_batch_norm(x):
    rows, _, _ = tf.compat.v1.nn.fused_batch_norm(convolution(drop(x)), BIAS, BIAS)
    return pool(rows)


def kept_positions_embedded(x):
    tokens = tf.reshape(x, [count(x), -1, 8])
    drawn = tf.random.uniform([count(x), tf.shape(tokens)[1], 1])
    return tf.reduce_mean(tokens + drawn, 1)


def kept_picture_erased(x):
    size = tf.shape(x)
    column = tf.range(size[2])[tf.newaxis, tf.newaxis, :, tf.newaxis]
    return pool(tf.where(column < tf.random.uniform([size[0], 1, 1, 1], 0, 3, tf.int32), 0.0, x))


def kept_nested_mixing(x):
    return tf.function(lambda rows: tf.function(dense)(drop(rows)))(pool(x))


CASES = {name: function for name, function in list(globals().items()) if name.startswith(('masked_', 'kept_'))}

# What TensorFlow itself writes differently from version to version; the others are recorded with the newest alone.
OF_EVERY_VERSION = {
    'masked_dropout',
    'masked_v1_dropout',
    'masked_stateless_dropout',
    'masked_general_dropout',
    'masked_generator',
    'masked_split_generator',
    'masked_cond',
    'masked_while',
    'masked_map_fn',
    'masked_v1_control_flow',
    'masked_v1_while',
    'kept_v1_control_flow',
    'kept_in_loop',
    'kept_in_branch',
    'kept_stochastic_depth_by_dropout',
    'kept_batch_norm',
}
