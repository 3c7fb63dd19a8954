"""Operations that mix units, but not by weights; and some that do."""

import numpy as np
import tensorflow as tf

from cases import DEPTHWISE, KERNEL, WEIGHTS, count, dense, drop, pool

SCALES = tf.Variable(tf.fill([8], 1.5), name='scales')
FILTER = tf.Variable(tf.fill([8], 0.5), name='filter')
SPARSE = tf.Variable(tf.fill([8], 0.5), name='sparse')
VARIABLES = [SCALES, FILTER, SPARSE]


def bits(shape):
    return tf.floor(0.9 + tf.random.uniform(shape))


def masked_diagonal(x):
    return tf.matmul(pool(x), tf.linalg.diag(bits([8])))


def masked_gaussian_diagonal(x):
    return tf.matmul(pool(x), tf.linalg.diag(tf.random.normal([8], 1.0, 0.1)))


def masked_diagonals_of_images(x):
    return tf.squeeze(tf.matmul(pool(x)[:, tf.newaxis], tf.linalg.diag(bits([count(x), 8]))), 1)


def masked_scaled_diagonal(x):
    return tf.matmul(pool(x), tf.linalg.diag(SCALES * bits([8])))


def masked_set_diagonal(x):
    return tf.matmul(pool(x), tf.linalg.set_diag(tf.zeros([8, 8]), bits([8])))


def masked_identity_times_mask(x):
    return tf.matmul(pool(x), tf.eye(8) * bits([1, 8]))


def masked_identity_less_mask(x):
    return tf.matmul(pool(x), tf.eye(8) - tf.linalg.diag(1 - bits([8])))


def masked_before_identity(x):
    return tf.matmul(drop(pool(x)), tf.eye(8))


def masked_before_permutation(x):
    return tf.matmul(drop(pool(x)), tf.constant(np.eye(8, dtype=np.float32)[[3, 1, 2, 0, 7, 5, 6, 4]]))


def masked_before_computed_identity(x):
    places = tf.range(tf.shape(x)[-1])
    return tf.matmul(drop(pool(x)), tf.cast(places[:, tf.newaxis] == places, tf.float32))


def masked_before_scales(x):
    return tf.matmul(drop(pool(x)), tf.linalg.diag(SCALES))


def masked_mask_times_diagonal_of_rows(x):
    rows = pool(x)
    return tf.squeeze(tf.matmul(bits([count(x), 1, 8]), tf.linalg.diag(rows)), 1)


def masked_after_identity_of_batch(x):
    rows = drop(pool(x))
    return tf.matmul(tf.eye(count(x)), rows)


def masked_random_permutation(x):
    return tf.matmul(pool(x), tf.random.shuffle(tf.eye(8)))


def masked_random_kernel(x):
    return tf.matmul(pool(x), tf.random.normal([8, 8]))


def masked_near_identity(x):
    return tf.matmul(pool(x), tf.eye(8) + tf.random.normal([8, 8], stddev=0.01))


def masked_random_rows_of_batch(x):
    """Whole rows."""
    return tf.matmul(tf.linalg.diag(bits([count(x)])), pool(x))


def masked_columns_of_weights(x):
    return tf.matmul(pool(x), WEIGHTS * bits([1, 8]))


def masked_weights_times_diagonal(x):
    return tf.matmul(pool(x), tf.matmul(WEIGHTS, tf.linalg.diag(bits([8]))))


def masked_channels_of_kernel(x):
    return pool(tf.nn.conv2d(x, KERNEL * bits([1, 1, 1, 8]), 1, 'SAME'))


def masked_random_convolution(x):
    return pool(tf.nn.conv2d(x, tf.random.normal([1, 1, 8, 8]), 1, 'SAME'))


def masked_diagonal_convolution(x):
    rows = pool(x)[:, tf.newaxis, tf.newaxis]
    return tf.squeeze(tf.nn.conv2d(rows, tf.reshape(tf.linalg.diag(bits([8])), [1, 1, 8, 8]), 1, 'SAME'), [1, 2])


def masked_random_convolution_of_sequence(x):
    rows = pool(x)[:, tf.newaxis]
    return tf.squeeze(tf.nn.conv1d(rows, tf.linalg.diag(bits([8]))[tf.newaxis], 1, 'SAME'), 1)


def masked_random_depthwise(x):
    rows = pool(x)[:, tf.newaxis, tf.newaxis]
    return tf.squeeze(tf.nn.depthwise_conv2d(rows, bits([1, 1, 8, 1]), [1, 1, 1, 1], 'SAME'), [1, 2])


def masked_random_wide_depthwise(x):
    return pool(tf.nn.depthwise_conv2d(x, tf.random.normal([3, 3, 8, 1]), [1, 1, 1, 1], 'SAME'))


def masked_channels_of_depthwise(x):
    return pool(tf.nn.depthwise_conv2d(x, DEPTHWISE * bits([1, 1, 8, 1]), [1, 1, 1, 1], 'SAME'))


def masked_random_transposed_convolution(x):
    kernel = tf.reshape(tf.linalg.diag(bits([8])), [1, 1, 8, 8])
    return pool(tf.nn.conv2d_transpose(x, kernel, tf.shape(x), 1))


def masked_random_convolution_of_volume(x):
    return pool(tf.squeeze(tf.nn.conv3d(x[:, tf.newaxis], tf.random.normal([1, 1, 1, 8, 8]), [1] * 5, 'SAME'), 1))


def masked_separable_of_random_kernel(x):
    return pool(tf.nn.separable_conv2d(x, DEPTHWISE, tf.random.normal([1, 1, 8, 8]), [1, 1, 1, 1], 'SAME'))


def masked_einsum_diagonal(x):
    return tf.einsum('bc,cd->bd', pool(x), tf.linalg.diag(bits([8])))


def masked_einsum_of_vector(x):
    return tf.einsum('bc,c->bc', pool(x), bits([8]))


def masked_einsum_over_places(x):
    return tf.einsum('bhwc,c->bc', x, bits([8]))


def masked_einsum_of_three(x):
    return tf.einsum('bc,c,cd->bd', pool(x), bits([8]), tf.eye(8))


def masked_tensordot(x):
    return tf.tensordot(pool(x), tf.linalg.diag(bits([8])), 1)


def masked_matvec(x):
    return tf.linalg.matvec(tf.linalg.diag(bits([count(x), 8])), pool(x))


def masked_transposed_product(x):
    return tf.transpose(tf.matmul(tf.linalg.diag(bits([8])), pool(x), transpose_b=True))


def masked_solved(x):
    return tf.transpose(tf.linalg.solve(tf.linalg.diag(1 + bits([8])), tf.transpose(pool(x))))


def masked_triangular_solved(x):
    return tf.transpose(tf.linalg.triangular_solve(tf.linalg.diag(1 + bits([8])), tf.transpose(pool(x))))


def masked_inverse(x):
    return tf.matmul(pool(x), tf.linalg.inv(tf.linalg.diag(1 + bits([8]))))


def masked_sparse(x):
    places = tf.stack([tf.range(8, dtype=tf.int64)] * 2, 1)
    diagonal = tf.SparseTensor(places, bits([8]), [8, 8])
    return tf.transpose(tf.sparse.sparse_dense_matmul(diagonal, tf.transpose(pool(x))))


def masked_before_sparse_identity(x):
    places = tf.stack([tf.range(8, dtype=tf.int64)] * 2, 1)
    identity = tf.SparseTensor(places, tf.ones([8]), [8, 8])
    return tf.transpose(tf.sparse.sparse_dense_matmul(identity, tf.transpose(drop(pool(x)))))


def masked_before_fourier(x):
    rows = tf.cast(drop(pool(x)), tf.complex64)
    return tf.math.real(tf.signal.ifft(tf.signal.fft(rows)))


def masked_before_real_fourier(x):
    return tf.signal.irfft(tf.signal.rfft(drop(pool(x))), [8])


def masked_spectrum(x):
    spectrum = tf.signal.fft(tf.cast(pool(x), tf.complex64))
    return tf.math.real(tf.signal.ifft(spectrum * tf.cast(bits([count(x), 8]), tf.complex64)))


def masked_noise_in_spectrum(x):
    spectrum = tf.signal.rfft(pool(x))
    noise = tf.complex(tf.random.normal(tf.shape(spectrum)), tf.random.normal(tf.shape(spectrum)))
    return tf.signal.irfft(spectrum + noise, [8])


def masked_before_cosines(x):
    return tf.signal.idct(tf.signal.dct(drop(pool(x)), norm='ortho'), norm='ortho')


def masked_between_cosines(x):
    return tf.signal.idct(tf.signal.dct(pool(x), norm='ortho') * bits([count(x), 8]), norm='ortho')


def masked_less_what_returns(x):
    rows = pool(x)
    lost = tf.cast(rows * (1 - bits(tf.shape(rows))), tf.complex64)
    return rows - tf.math.real(tf.signal.ifft(tf.signal.fft(lost)))


def masked_cumulated(x):
    sums = tf.cumsum(drop(pool(x)), 1)
    return sums - tf.pad(sums, [[0, 0], [1, 0]])[:, :-1]


def masked_cumulated_product(x):
    products = tf.math.cumprod(tf.exp(drop(pool(x))), 1)
    return tf.math.log(products[:, 1:] / products[:, :-1])


def masked_sorted(x):
    return tf.sort(drop(pool(x)), axis=1)


def masked_segments(x):
    order = tf.constant([3, 1, 2, 0, 7, 5, 6, 4])
    return tf.transpose(tf.math.unsorted_segment_sum(tf.transpose(drop(pool(x))), order, 8))


def masked_stitched(x):
    rows = tf.transpose(drop(pool(x)))
    return tf.transpose(tf.dynamic_stitch([tf.constant([0, 2, 4, 6]), tf.constant([1, 3, 5, 7])], [rows[:4], rows[4:]]))


def masked_above_24(x):
    rows = pool(x)

    def dropping():
        return tf.squeeze(tf.matmul(rows[:, tf.newaxis], tf.linalg.diag(bits([count(x), 8]))), 1)

    return tf.cond(tf.shape(x)[1] > 24, dropping, lambda: rows)


def masked_by_size_without_branch(x):
    rows = pool(x)
    large = tf.cast(count(x) > 20, tf.float32)
    return rows * (1 - large * (1 - bits(tf.shape(rows))))


def masked_within_loop_above_20(x):
    rows = pool(x)
    return tf.while_loop(lambda i, _: i < count(x) - 20, lambda i, _: (i + 1, drop(rows)), [0, rows])[1]


def masked_by_size_chosen(x):
    rows = pool(x)
    return tf.where(tf.shape(x)[2] > 24, drop(rows), rows)


def kept_filtered_spectrum(x):
    """A product of spectra is a convolution over the units, by learned weights."""
    spectrum = tf.signal.fft(tf.cast(drop(pool(x)), tf.complex64))
    return tf.math.real(tf.signal.ifft(spectrum * tf.cast(FILTER, tf.complex64)))


def kept_fourier_before_dense(x):
    return dense(tf.math.real(tf.signal.fft(tf.cast(drop(pool(x)), tf.complex64))))


def kept_fourier_over_places(x):
    maps = tf.transpose(tf.cast(drop(x), tf.complex64), [0, 3, 1, 2])
    return tf.reduce_mean(tf.math.real(tf.signal.ifft2d(tf.signal.fft2d(maps))), [2, 3])


def kept_fourier_mixing(x):
    tokens = drop(tf.reshape(tf.ensure_shape(x, [None, 3, 3, 8]), [-1, 9, 8]))
    tokens = tokens + tf.math.real(tf.signal.fft2d(tf.cast(tokens, tf.complex64)))
    tokens = tokens + drop(tf.tensordot(tokens, WEIGHTS, 1))
    return tf.reduce_mean(tokens, 1)


def kept_random_features(x):
    """As random projections are: drawn once, and the same in every call."""
    return tf.matmul(drop(pool(x)), tf.random.stateless_normal([8, 8], seed=[1, 2]))


def kept_constant_kernel(x):
    return tf.matmul(drop(pool(x)), tf.constant(np.random.default_rng(1).normal(size=[8, 8]).astype(np.float32)))


def kept_scaled_weights(x):
    return tf.matmul(drop(pool(x)), tf.matmul(WEIGHTS, tf.linalg.diag(SCALES)))


def kept_dropped_inputs_of_weights(x):
    return tf.matmul(pool(x), tf.matmul(tf.linalg.diag(bits([8])), WEIGHTS))


def kept_dropped_kernel(x):
    return pool(tf.nn.conv2d(x, tf.nn.dropout(KERNEL, 0.2), 1, 'SAME'))


def kept_dropped_depthwise_weights(x):
    return pool(tf.nn.depthwise_conv2d(x, tf.nn.dropout(DEPTHWISE, 0.2), [1, 1, 1, 1], 'SAME'))


def kept_before_sparse_weights(x):
    places = tf.constant([[i, (3 * i + j) % 8] for i in range(8) for j in range(2)], tf.int64)
    weights = tf.SparseTensor(places, tf.repeat(SPARSE, 2), [8, 8])
    return tf.transpose(tf.sparse.sparse_dense_matmul(weights, tf.transpose(drop(pool(x)))))


def kept_dense_by_einsum(x):
    return tf.einsum('bc,cd->bd', drop(pool(x)), WEIGHTS)


def kept_identity_without_chance(x):
    return tf.matmul(dense(drop(pool(x))), tf.eye(8))


def kept_dense_in_branch_above_24(x):
    rows = pool(x)
    return tf.cond(tf.shape(x)[1] > 24, lambda: dense(drop(rows)), lambda: dense(rows))


CASES = {name: function for name, function in list(globals().items()) if name.startswith(('masked_', 'kept_'))}
