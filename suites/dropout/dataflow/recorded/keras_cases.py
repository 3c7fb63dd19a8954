"""The layers of Keras that are random, before and after a layer that mixes units: of Keras 3, and of Keras 2 as tf_keras."""

import tensorflow as tf

from cases import pool

LAYERS = []
CASES = {}


def keep(layer):
    LAYERS.append(layer)
    return layer


def variables():
    """What the layers keep, the states of their random generators included, as TensorFlow's own variables."""
    generators = [layer.generator for layer in LAYERS if hasattr(layer, 'generator')]
    states = [generator.state for generator in generators if hasattr(generator, 'state')]
    return [getattr(each, '_value', each) for each in [*states, *(v for layer in LAYERS for v in layer.variables)]]


def add_layer(name, layer, dense):
    CASES[f'masked_{name}'] = lambda x: layer(pool(x), training=True)
    CASES[f'kept_{name}'] = lambda x: dense(layer(pool(x), training=True))
    CASES[f'kept_{name}_at_inference'] = lambda x: layer(pool(x), training=False)


def add(keras, prefix):
    layers = keras.layers
    random = {
        'dropout': layers.Dropout(0.3),
        'alpha_dropout': layers.AlphaDropout(0.3),
        'gaussian_dropout': layers.GaussianDropout(0.3),
        'gaussian_noise': layers.GaussianNoise(0.3),
        'seeded_dropout': layers.Dropout(0.3, seed=7),
    }
    for name, layer in random.items():
        dense = keep(layers.Dense(8))
        dense.build([None, 8])
        add_layer(f'{prefix}_{name}', keep(layer), dense)
    spatial = keep(layers.SpatialDropout2D(0.3))
    CASES[f'masked_{prefix}_spatial_dropout'] = lambda x: pool(spatial(x, training=True))
    flip = keep(layers.RandomFlip())
    CASES[f'kept_{prefix}_flip'] = lambda x: pool(flip(x, training=True))


try:
    import tf_keras

    add(tf_keras, 'keras2')
except ImportError:
    pass
add(tf.keras, f'keras{tf.keras.__version__[0]}' if hasattr(tf.keras, '__version__') else 'keras2')
