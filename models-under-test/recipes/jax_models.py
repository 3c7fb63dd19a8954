"""Models of JAX, exported by jax2tf: one XlaCallModule each, with its StableHLO in bytes."""

import tensorflow as tf

from .layers import Dense, Draw
from .tiny import Reusable

SIZE = 16


class JaxModel(Reusable):
    """Convolution, ReLU, mean over the pixels, a hidden and a last layer. Images of 16×16, any number of them.

    `inner(units, key)` and `outer(rows, key)` change the hidden units and the rows in training; seeds are drawn by
    TensorFlow, one for each call.
    """

    columns, units = 24, 32

    def __init__(self):
        super().__init__(name='jax_model')
        draw = Draw(301)
        kernel = tf.Variable(draw.normal(3, 3, 3, 8, scale=0.2), name='kernel')
        self.hidden = Dense(draw, 8, self.units, name='hidden')
        self.dense = Dense(draw, self.units, self.columns)
        self.variables = [kernel, *self.hidden.variables, *self.dense.variables]
        self.trainable_variables = list(self.variables)
        self.weights = [kernel, self.hidden.kernel, self.hidden.bias, self.dense.kernel, self.dense.bias]
        self.converted = {training: converted(self, training) for training in (False, True)}

    @tf.function(autograph=False)
    def __call__(self, images, training=False):
        seed = [tf.random.uniform([], maxval=2**31 - 1, dtype=tf.int32)] if training else []
        return self.converted[training](images, *[v.value() for v in self.weights], *seed)

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(
                tf.TensorSpec([None, SIZE, SIZE, 3], tf.float32, name='images'), training=training
            )

    def inner(self, units, key):
        return units

    def outer(self, rows, key):
        return rows


class JaxInnerDropout(JaxModel):
    """Dropout before the last layer."""

    def inner(self, units, key):
        return dropped(units, key)


class JaxOuterDropout(JaxModel):
    """Dropout of the rows."""

    def outer(self, rows, key):
        return dropped(rows, key)


def converted(model, training):
    import jax
    from jax import lax
    from jax import numpy as jnp
    from jax.experimental import jax2tf

    def forward(images, kernel, hidden, hidden_bias, dense, dense_bias, seed=0):
        maps = lax.conv_general_dilated(images, kernel, (2, 2), 'SAME', dimension_numbers=('NHWC', 'HWIO', 'NHWC'))
        units = jnp.mean(jax.nn.relu(maps), (1, 2)) @ hidden + hidden_bias
        units = jax.nn.relu(units)
        if not training:
            return units @ dense + dense_bias
        one, other = jax.random.split(jax.random.PRNGKey(seed))
        return model.outer(model.inner(units, one) @ dense + dense_bias, other)

    shapes = [f'b, {SIZE}, {SIZE}, 3', *[None] * (6 if training else 5)]
    return jax2tf.convert(forward, polymorphic_shapes=shapes, with_gradient=True)


def dropped(x, key, rate=0.2):
    import jax
    from jax import numpy as jnp

    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0.0)
