"""Twins in which one failure could hide another: two faults, or a fault beside a waiver, or rows that can be misread."""

import tensorflow as tf

from .saving import save
from .tiny import IMAGES, Reusable, Tiny
from .twin import INFERENCE_ONLY, Twin

FAMILY = 'Failures that could hide another'


class OneValueOfFlag(Tiny):
    """`training=True` has no concrete function; neither has any `output_scale` but the default."""

    @tf.function
    def __call__(self, images, training=False, output_scale=1.0):
        return self.rows(images, training) * output_scale

    def trace(self):
        self.__call__.get_concrete_function(IMAGES, training=False)


class LargeSizesAndBatches(Tiny):
    """Fails above 40 pixels of height, and at any other size with three images."""

    def finish(self, rows, images, training):
        shape = tf.shape(images)
        with tf.control_dependencies([
            tf.debugging.assert_less_equal(shape[1], 40),
            tf.debugging.assert_none_equal(shape[0], 3),
        ]):
            return tf.identity(rows)


class NotFiniteEitherWay(Tiny):
    """NaN for flat images at inference, and for all images in training."""

    def finish(self, rows, images, training):
        if training:
            return rows + tf.math.log(-tf.ones([]))
        flat = tf.reduce_all(tf.equal(tf.math.reduce_std(images, [1, 2]), 0), axis=1, keepdims=True)
        return tf.where(flat, float('nan'), rows)


class RowsOfStrings(Tiny):
    """The name of the best class for each image, rank 1."""

    def finish(self, rows, images, training):
        names = tf.constant(['circle', 'square', 'star', 'cross', 'ring', 'bar'])
        return tf.gather(names, tf.argmax(rows, axis=1))


class OtherMethod(Tiny):
    """`embed` gives what the spec promises, `__call__` something else."""

    def finish(self, rows, images, training):
        return tf.nn.softmax(rows)

    @tf.function(input_signature=[IMAGES])
    def embed(self, images):
        return self.rows(images, training=False)


class ImagesByNameOnly(Tiny):
    @tf.function
    def __call__(self, *, images, training=False):
        return self.rows(images, training)

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(images=IMAGES, training=training)


def encoded_images(folder):
    """As AutoML exports: strings in, decoded in the graph."""
    tiny = Tiny()
    root = Reusable()
    root.layers = [tiny.convolution, tiny.norm, tiny.dense]
    root.variables = list(tiny.variables)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name='image_bytes')])
    def serve(image_bytes):
        def decoded(one):
            image = tf.io.decode_image(one, channels=3, expand_animations=False)
            return tf.image.resize(tf.image.convert_image_dtype(image, tf.float32), [32, 32])

        images = tf.map_fn(decoded, image_bytes, fn_output_signature=tf.TensorSpec([32, 32, 3], tf.float32))
        return {'features': tiny.rows(images, False)}

    root.serve = serve
    save(root, folder, signatures={'serving_default': serve})


WAIVED_RANGE = {
    'color_range': [-1, 1],
    'waivers': [{'check': 'input/color-range', 'reason': 'documented: the model is made for [-1, 1]'}],
}
SCALE = {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 2.0, 'affects': 'inference'}

TWINS = {
    'encoded-images': Twin(
        'signature/root-call',
        'The model takes encoded image strings by a signature, and has no `__call__`.',
        encoded_images,
        writes=True,
        also={
            'signature/images-argument': 'there is no call',
            'keras/layer-loads': 'hub.KerasLayer needs the call',
            'input/every-size': 'images as the contract gives them are refused',
            'input/any-batch-size': 'so is every batch of them',
        },
        spec=INFERENCE_ONLY,
    ),
    'flag-and-scale-refused': Twin(
        'hyperparameters/accepted',
        'No concrete function takes `training=True`, and none another `output_scale` than the default.',
        OneValueOfFlag,
        also={'training/flag-accepted': 'it is refused as well'},
        spec={'hyperparameters': {'output_scale': SCALE}},
    ),
    'images-by-name-only': Twin(
        'signature/only-images-required',
        'The images come behind a `*`, so that they can be given by their name only.',
        ImagesByNameOnly,
        also={
            'signature/images-argument': 'so are images by their place',
            'inference/is-the-default': 'the call is refused either way',
            'input/every-size': 'images as the contract gives them are refused',
            'input/any-batch-size': 'so is every batch of them',
            'keras/layer-loads': 'hub.KerasLayer gives the images by their place',
            'training/flag-accepted': 'the call is refused either way',
            'training/same-output-contract': 'the call is refused either way',
        },
    ),
    'names-of-classes': Twin(
        'output/dtype',
        'The output is the name of a class for each image: strings, of rank 1.',
        RowsOfStrings,
        also={'output/shape': 'there is no second axis'},
        spec=INFERENCE_ONLY,
    ),
    'not-finite-either-way': Twin(
        'training/same-output-contract',
        'Training gives NaN for all images; inference, for flat ones, too.',
        NotFiniteEitherWay,
        also={
            'output/finite': 'flat images give NaN at inference',
            'training/many-steps': 'the first training call gives NaN',
        },
        spec={'fine_tuning': {'trainable_variables': 5, 'training_argument': True, 'regularization_losses': 1}},
    ),
    'other-method-named': Twin(
        'signature/root-call',
        'The spec names `embed`; `__call__` gives something else.',
        OtherMethod,
        also={'keras/layer-loads': 'hub.KerasLayer calls `__call__`'},
        spec=INFERENCE_ONLY | {'endpoint': 'embed'},
    ),
    'signature-named': Twin(
        'signature/root-call',
        'The spec names a signature; there is no `__call__`.',
        None,
        spec=INFERENCE_ONLY
        | {
            'model': '../signature-endpoint',
            'num_features': 2,
            'endpoint': {'signature': 'serving_default', 'output': 'logits'},
        },
    ),
    'sizes-and-batches-fail': Twin(
        'input/any-batch-size',
        'Three images fail at any size, and every number of them above 40 pixels of height.',
        LargeSizesAndBatches,
        also={'input/every-size': 'heights above 40 fail'},
    ),
    'untraced-beside-waiver': Twin(
        'training/flag-accepted',
        'No concrete function was saved for training=True; the spec waives another failure.',
        None,
        spec={'model': 'only-false-traced'} | WAIVED_RANGE,
    ),
}
