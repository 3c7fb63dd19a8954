"""Endings of published designs: what is masked is one of several summands, or one of many places."""

import tensorflow as tf

from cases import BIAS, DEPTHWISE, GATES, KERNEL, WEIGHTS, convolution, count, dense, drop, pool, rows_mask

TOKEN = tf.Variable(tf.fill([1, 1, 8], 0.2), name='token')
POSITIONS = tf.Variable(tf.fill([1, 10, 8], 0.2), name='positions')
TOKEN_WEIGHTS = tf.Variable(tf.fill([9, 9], 0.2), name='token_weights')
AVERAGE = tf.Variable(tf.zeros([8]), name='average', trainable=False)
VARIABLES = [TOKEN, POSITIONS, TOKEN_WEIGHTS, AVERAGE]


def tokens_of(x):
    return tf.reshape(tf.ensure_shape(x, [None, 3, 3, 8]), [-1, 9, 8])


def normalised(x):
    mean, variance = tf.nn.moments(x, [-1], keepdims=True)
    return tf.nn.batch_normalization(x, mean, variance, BIAS, BIAS, 1e-3)


def by_batch(x):
    mean, variance = tf.nn.moments(x, list(range(x.shape.rank - 1)))
    AVERAGE.assign(0.9 * AVERAGE + 0.1 * mean)
    return tf.nn.batch_normalization(x, mean, variance, BIAS, BIAS, 1e-3)


def attention(x):
    scores = tf.matmul(dense_of(x), dense_of(x), transpose_b=True)
    return dense_of(tf.matmul(drop(tf.nn.softmax(scores)), dense_of(x)))


def dense_of(x):
    return tf.tensordot(x, WEIGHTS, 1) + BIAS


def perceptron(x):
    return dense_of(drop(tf.nn.gelu(dense_of(x))))


def embedded(x):
    tokens = tokens_of(x)
    first = tf.broadcast_to(TOKEN, [count(x), 1, 8])
    return drop(tf.concat([first, tokens], 1) + POSITIONS)


def transformer(z, before=True):
    for branch in (attention, perceptron):
        z = z + drop(branch(normalised(z))) if before else normalised(z + drop(branch(z)))
    return normalised(z) if before else z


def kept_transformer_first_token(x):
    return transformer(embedded(x))[:, 0]


def kept_transformer_mean(x):
    return tf.reduce_mean(transformer(embedded(x)), 1)


def kept_transformer_after_norm_first_token(x):
    return transformer(embedded(x), before=False)[:, 0]


def kept_transformer_after_norm_mean(x):
    return tf.reduce_mean(transformer(embedded(x), before=False)[:, 1:], 1)


def kept_transformer_token_dropped_alone(x):
    first = drop(tf.broadcast_to(TOKEN, [count(x), 1, 8]))
    return transformer(tf.concat([first, drop(tokens_of(x))], 1))[:, 0]


def masked_transformer_last_token(x):
    return drop(transformer(embedded(x)))[:, 0]


def masked_transformer_without_blocks(x):
    return normalised(embedded(x))[:, 0]


def masked_class_attention(x):
    """No token of its own: what attention gives is dropped, and nothing is beside it."""
    tokens = tokens_of(x)
    scores = tf.matmul(tf.broadcast_to(TOKEN, [count(x), 1, 8]), tokens, transpose_b=True)
    return drop(tf.matmul(tf.nn.softmax(scores), tokens))[:, 0]


def mixer(x):
    tokens = tokens_of(x)
    mixed = tf.transpose(normalised(tokens), [0, 2, 1])
    mixed = tf.tensordot(drop(tf.nn.gelu(tf.tensordot(mixed, TOKEN_WEIGHTS, 1))), TOKEN_WEIGHTS, 1)
    tokens = tokens + drop(tf.transpose(mixed, [0, 2, 1]))
    return tokens + drop(perceptron(normalised(tokens)))


def kept_mixer(x):
    return tf.reduce_mean(normalised(mixer(x)), 1)


def kept_tokens_mixed_last(x):
    """Independent masks, mixed over places."""
    mixed = tf.tensordot(tf.transpose(drop(tokens_of(x)), [0, 2, 1]), TOKEN_WEIGHTS, 1)
    return tf.reduce_mean(mixed, 2)


def masked_channels_before_token_mixing(x):
    tokens = tf.nn.dropout(tokens_of(x), 0.5, noise_shape=[count(x), 1, 8])
    return tf.reduce_mean(tf.tensordot(tf.transpose(tokens, [0, 2, 1]), TOKEN_WEIGHTS, 1), 2)


def windows(x):
    x = tf.ensure_shape(x, [None, 4, 4, 8])
    x = tf.reshape(x, [-1, 2, 2, 2, 2, 8])
    return tf.reshape(tf.transpose(x, [0, 1, 3, 2, 4, 5]), [-1, 4, 8])


def unwindowed(z):
    z = tf.reshape(z, [-1, 2, 2, 2, 2, 8])
    return tf.reshape(tf.transpose(z, [0, 1, 3, 2, 4, 5]), [-1, 4, 4, 8])


def kept_shifted_windows(x):
    x = drop(tf.ensure_shape(x, [None, 4, 4, 8]))
    z = tf.roll(normalised(x), [-1, -1], [1, 2])
    z = tf.roll(unwindowed(drop(attention(windows(z)))), [1, 1], [1, 2])
    x = x + z * rows_mask(x)
    return pool(normalised(x + drop(perceptron(normalised(x)))))


def kept_residual_then_relu(x):
    return pool(tf.nn.relu(x + drop(convolution(x))))


def kept_residual_of_rows_then_norm(x):
    rows = dense(pool(x))
    return normalised(rows + drop(dense(tf.nn.relu(rows))))


def kept_residual_of_rows_by_batch(x):
    rows = dense(pool(x))
    return tf.nn.relu(by_batch(rows + drop(dense(rows))))


def kept_residual_channels_by_batch(x):
    branch = tf.nn.dropout(convolution(x), 0.5, noise_shape=[count(x), 1, 1, 8])
    return pool(tf.nn.relu(by_batch(x + branch)))


def masked_by_batch(x):
    return tf.nn.relu(by_batch(drop(dense(pool(x)))))


def masked_channels_by_batch(x):
    return pool(by_batch(tf.nn.dropout(convolution(x), 0.5, noise_shape=[count(x), 1, 1, 8])))


def kept_residual_scaled(x):
    rows = dense(pool(x))
    return rows + GATES[0] * drop(dense(rows)) + 0.5


def kept_residual_alpha_dropout(x):
    rows = dense(pool(x))
    kept = tf.cast(tf.random.uniform(tf.shape(rows)) >= 0.1, tf.float32)
    return rows + 0.9 * (dense(rows) * kept - 1.75 * (1 - kept)) + 0.1


def kept_residual_gaussian_dropout(x):
    rows = dense(pool(x))
    return rows + dense(rows) * tf.random.normal(tf.shape(rows), 1.0, 0.3)


def kept_residual_swish(x):
    rows = dense(pool(x))
    for _ in range(3):
        rows = tf.nn.silu(rows + drop(dense(rows)))
        rows = tf.nn.gelu(rows + drop(dense(rows)))
    return rows


def kept_highway(x):
    rows = pool(x)
    gate = tf.sigmoid(dense(rows))
    return gate * drop(tf.nn.relu(dense(rows))) + (1 - gate) * rows


def kept_scaled_by_one_plus_dropped(x):
    rows = pool(x)
    return rows * (1 + drop(dense(rows)))


def kept_dense_net(x):
    for _ in range(2):
        kernel = tf.tile(KERNEL, [1, 1, x.shape[-1] // 8, 1])
        x = tf.concat([x, drop(tf.nn.conv2d(tf.nn.relu(x), kernel, 1, 'SAME'))], 3)
    return pool(tf.nn.relu(x))


def kept_maps_then_norm(x):
    return pool(normalised(drop(x)))


def kept_maps_then_max(x):
    return tf.reduce_max(drop(x), [1, 2])


def kept_maps_then_power_mean(x):
    return tf.pow(pool(tf.pow(tf.nn.relu(drop(x)), 3.0)), 1 / 3)


def kept_maps_then_average_pool(x):
    return tf.squeeze(tf.nn.avg_pool2d(drop(tf.ensure_shape(x, [None, 7, 7, 8])), 7, 1, 'VALID'), [1, 2])


def kept_maps_then_both_pools(x):
    x = drop(x)
    return tf.concat([pool(x), tf.reduce_max(x, [1, 2])], 1)


def kept_maps_with_blocks_dropped(x):
    seeds = tf.cast(tf.random.uniform(tf.shape(x)) < 0.02, tf.float32)
    return pool(x * (1 - tf.nn.max_pool2d(seeds, 3, 1, 'SAME')))


def kept_noise_on_maps(x):
    return pool(x + tf.random.normal(tf.shape(x), stddev=0.1))


def kept_maps_masked_and_summed(x):
    return tf.einsum('bhwc,bhwc->bc', x, tf.floor(0.9 + tf.random.uniform(tf.shape(x))))


def masked_smallest_of_maps(x):
    return tf.reduce_min(drop(tf.nn.relu(x)), [1, 2])


def masked_one_place(x):
    return drop(x)[:, 0, 0]


def masked_two_places(x):
    return pool(drop(tf.ensure_shape(x, [None, 1, 2, 8])))


def masked_mean_of_masks(x):
    rows = pool(x)
    return tf.reduce_mean(tf.stack([drop(rows) for _ in range(5)]), 0)


def masked_mean_of_tiled(x):
    tiled = tf.tile(pool(x)[:, tf.newaxis], [1, 6, 1])
    return tf.reduce_mean(tiled * tf.floor(0.9 + tf.random.uniform([count(x), 1, 8])), 1)


def masked_channels_of_branches(x):
    shape = [count(x), 1, 1, 8]
    mask = tf.floor(0.9 + tf.random.uniform(shape))
    return pool(x * mask + convolution(x) * mask)


def masked_residual(x):
    rows = pool(x)
    return drop(rows + dense(rows))


def masked_less_itself(x):
    rows = dense(pool(x))
    return rows - rows * tf.cast(tf.random.uniform(tf.shape(rows)) < 0.1, tf.float32)


def masked_twice_itself(x):
    rows = dense(pool(x))
    return 2 * rows + drop(tf.nn.relu(rows))


def masked_replaced_by_mean(x):
    rows = dense(pool(x))
    keep = tf.random.uniform(tf.shape(rows)) < 0.9
    return tf.where(keep, rows, tf.reduce_mean(rows, 1, keepdims=True))


def masked_replaced_by_others(x):
    rows = dense(pool(x))
    return tf.where(tf.random.uniform(tf.shape(rows)) < 0.9, rows, rows[::-1])


def masked_beside_nothing(x):
    rows = pool(x)
    return 0.0 * rows + drop(dense(rows))


def masked_noise_by_parameters(x):
    """As a variational encoder draws its code."""
    rows = pool(x)
    return dense(rows) + tf.exp(0.5 * dense(tf.nn.relu(rows))) * tf.random.normal(tf.shape(rows))


def masked_noise_of_own_size(x):
    rows = dense(pool(x))
    return rows + tf.random.normal(tf.shape(rows)) * tf.math.reduce_std(rows, 1, keepdims=True)


def masked_noise_inside_residual(x):
    rows = pool(x)
    return rows + tf.nn.relu(dense(rows) + tf.random.normal(tf.shape(rows)))


def masked_noise_then_gate(x):
    rows = dense(pool(x))
    return (rows + tf.random.normal(tf.shape(rows))) * tf.sigmoid(dense(rows))


def masked_noise_through_depthwise(x):
    noise = tf.random.normal([count(x), 1, 1, 8])
    return pool(x + tf.nn.depthwise_conv2d(x + noise, DEPTHWISE, [1, 1, 1, 1], 'SAME'))


CASES = {name: function for name, function in list(globals().items()) if name.startswith(('masked_', 'kept_'))}
