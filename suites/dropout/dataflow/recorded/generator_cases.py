"""Random numbers without a random operation: what a call gives hangs on state that the call itself changes."""

import tensorflow as tf

from cases import WEIGHTS, dense, drop, pool, rows_mask
from design_cases import AVERAGE, by_batch

STATE = tf.Variable(12345, dtype=tf.int64, name='state')
UNSIGNED = tf.Variable(tf.constant(2463534242, tf.uint32), name='unsigned', trainable=False)
STEP = tf.Variable(0, dtype=tf.int64, name='step', trainable=False)
FLOAT_STEP = tf.Variable(0.0, name='float_step', trainable=False)
LOGISTIC = tf.Variable(tf.linspace(0.1, 0.9, 8), name='logistic', trainable=False)
BITS = tf.Variable([1, 0, 1, 1, 0, 1, 1, 1], dtype=tf.int32, name='bits', trainable=False)
DIRECTION = tf.Variable(tf.fill([8], 0.3), name='direction', trainable=False)
NORMALISED = tf.Variable(tf.fill([8, 8], 0.3), name='normalised')
SMOOTHED = tf.Variable(tf.fill([8, 8], 0.3), name='smoothed', trainable=False)
CENTRE = tf.Variable(tf.zeros([8]), name='centre', trainable=False)
VARIABLES = [STATE, UNSIGNED, STEP, FLOAT_STEP, LOGISTIC, BITS, DIRECTION, NORMALISED, SMOOTHED, CENTRE]
TABLE = tf.lookup.experimental.MutableHashTable(tf.int64, tf.float32, 0.0)
TRACKED = [TABLE]


def fraction(x):
    return x - tf.floor(x)


def congruent():
    """The next eight numbers in [0, 1) of a linear congruential generator."""
    numbers = []
    for _ in range(8):
        STATE.assign((1103515245 * STATE + 12345) % 2147483648)
        numbers.append(tf.cast(STATE, tf.float32) / 2147483648.0)
    return tf.stack(numbers)


def shifted():
    state = UNSIGNED.read_value()
    for left, right in ((13, 17), (5, 9)):
        state = tf.bitwise.bitwise_xor(state, tf.bitwise.left_shift(state, tf.constant(left, tf.uint32)))
        state = tf.bitwise.bitwise_xor(state, tf.bitwise.right_shift(state, tf.constant(right, tf.uint32)))
    UNSIGNED.assign(state)
    return state


def hashed(step):
    return fraction(tf.sin(12.9898 * tf.range(8, dtype=tf.float32) + 78.233 * step) * 43758.5453)


def masked_congruential(x):
    return pool(x) * tf.cast(congruent() < 0.9, tf.float32)


def masked_congruential_noise(x):
    return pool(x) + 0.1 * (congruent() - 0.5)


def masked_shift_register(x):
    places = tf.range(8, dtype=tf.int32)
    bits = tf.bitwise.right_shift(tf.bitcast(shifted(), tf.int32), places)
    return pool(x) * tf.cast(tf.bitwise.bitwise_and(bits, 1), tf.float32)


def masked_hash_of_step(x):
    STEP.assign_add(1)
    return pool(x) * tf.cast(hashed(tf.cast(STEP, tf.float32)) > 0.1, tf.float32)


def masked_noise_of_step(x):
    FLOAT_STEP.assign(FLOAT_STEP + 1.0)
    return pool(x) + hashed(FLOAT_STEP)


def masked_logistic_map(x):
    LOGISTIC.assign(3.99 * LOGISTIC * (1 - LOGISTIC))
    return pool(x) * tf.cast(LOGISTIC > 0.1, tf.float32)


def masked_rolled_bits(x):
    BITS.assign(tf.roll(BITS, 1, 0))
    return pool(x) * tf.cast(BITS, tf.float32)


def masked_unit_of_step(x):
    STEP.assign_add(1)
    return pool(x) * (1 - tf.one_hot(STEP % 8, 8))


def masked_rows_of_step(x):
    rows = pool(x)
    STEP.assign_add(1)
    image = tf.range(tf.shape(rows)[0], dtype=tf.int64)[:, tf.newaxis]
    return rows * tf.cast((STEP + image) % 5 > 0, tf.float32)


def masked_seed_of_step(x):
    rows = pool(x)
    seed = tf.stack([STEP.assign_add(1), 7])
    return rows * tf.round(tf.random.stateless_uniform(tf.shape(rows), seed))


def masked_clock(x):
    return pool(x) * tf.cast(hashed(tf.cast(1e3 * fraction(tf.timestamp()), tf.float32)) > 0.1, tf.float32)


def masked_clock_noise(x):
    return pool(x) + 0.1 * hashed(tf.cast(fraction(tf.timestamp()), tf.float32))


def masked_state_in_table(x):
    key = tf.constant(0, tf.int64)
    step = TABLE.lookup(key) + 1.0
    with tf.control_dependencies([TABLE.insert(key, step)]):
        return pool(x) * tf.cast(hashed(step) > 0.1, tf.float32)


def masked_state_stirred_by_images(x):
    rows = pool(x)
    STATE.assign((STATE * 69069 + tf.cast(1e6 * tf.reduce_sum(x), tf.int64)) % 4294967296)
    return rows * tf.cast(hashed(tf.cast(STATE, tf.float32)) > 0.1, tf.float32)


@tf.function
def advanced():
    STEP.assign_add(1)
    return tf.cast(STEP, tf.float32)


def masked_step_in_function(x):
    return pool(x) * tf.cast(hashed(advanced()) > 0.1, tf.float32)


def masked_branch_of_step(x):
    rows = pool(x)
    STEP.assign_add(1)
    return tf.cond(STEP % 3 > 0, lambda: rows, lambda: tf.zeros_like(rows))


def kept_congruential_before_dense(x):
    return dense(pool(x) * tf.cast(congruent() < 0.5, tf.float32))


def kept_congruential_beside(x):
    rows = pool(x)
    return rows + dense(rows) * tf.cast(congruent() < 0.5, tf.float32)


def kept_counted(x):
    STEP.assign_add(1)
    return pool(x)


def kept_warmed_up(x):
    STEP.assign_add(1)
    return pool(x) * tf.minimum(1.0, tf.cast(STEP, tf.float32) / 100.0)


def kept_switched_on_after_steps(x):
    STEP.assign_add(1)
    return pool(x) * tf.where(STEP < 100, 0.1, 1.0)


def kept_annealed(x):
    FLOAT_STEP.assign(0.99 * FLOAT_STEP)
    return pool(x) / (1.0 + FLOAT_STEP)


def kept_by_batch(x):
    return by_batch(dense(drop(pool(x))))


def kept_renormalised(x):
    """Batch renormalisation: moving averages are read, and changed by the images."""
    rows = dense(pool(x))
    mean, variance = tf.nn.moments(rows, [0])
    shift = tf.clip_by_value(mean - AVERAGE, -1.0, 1.0)
    AVERAGE.assign(0.9 * AVERAGE + 0.1 * mean)
    return (rows - mean) / tf.sqrt(variance + 1e-3) + tf.stop_gradient(shift)


def kept_centred(x):
    rows = dense(pool(x))
    centred = rows - CENTRE
    CENTRE.assign(0.9 * CENTRE + 0.1 * tf.reduce_mean(rows, 0))
    return centred


def kept_spectrally_normalised(x):
    direction = tf.linalg.l2_normalize(tf.linalg.matvec(NORMALISED, DIRECTION))
    DIRECTION.assign(direction)
    NORMALISED.assign(NORMALISED / tf.tensordot(direction, tf.linalg.matvec(NORMALISED, direction), 1))
    return tf.matmul(pool(x), NORMALISED)


def kept_smoothed_weights(x):
    SMOOTHED.assign(0.99 * SMOOTHED + 0.01 * WEIGHTS)
    return tf.matmul(pool(x), SMOOTHED)


def kept_decayed_weights(x):
    NORMALISED.assign(0.999 * NORMALISED)
    return tf.matmul(pool(x), NORMALISED)


def kept_depth_of_step(x):
    """Stochastic depth, by a step."""
    rows = pool(x)
    STEP.assign_add(1)
    return rows + dense(rows) * tf.cast(STEP % 2, tf.float32)


def kept_stochastic_depth_beside_step(x):
    STEP.assign_add(1)
    return pool(x + dense(x[:, 0, 0])[:, tf.newaxis, tf.newaxis] * rows_mask(x))


CASES = {name: function for name, function in list(globals().items()) if name.startswith(('masked_', 'kept_'))}
