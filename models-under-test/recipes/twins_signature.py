"""Twins for the suite `signature`: the call is missing, or accepts or returns something else."""

import tensorflow as tf

from . import keras_models
from .saving import clear, save, settle
from .tiny import IMAGES, Reusable, Tiny
from .twin import INFERENCE_ONLY, Twin

FAMILY = 'Signatures'

EVERY_CALL = {
    'input/every-size': 'images as the contract gives them are refused',
    'input/any-batch-size': 'so is every batch of them',
}
NO_CALL = {
    'signature/images-argument': 'there is no call',
    'keras/layer-loads': 'hub.KerasLayer needs the call',
    **EVERY_CALL,
}
NO_LISTS = NO_CALL | {'variables/listed': 'the list is not saved either'}


def only_signatures(folder):
    tiny = Tiny()
    root = Reusable()
    root.layers = [tiny.convolution, tiny.norm, tiny.dense]
    root.variables, root.trainable_variables = list(tiny.variables), list(tiny.trainable_variables)
    serve = tf.function(lambda images: {'features': tiny.rows(images, False)}, input_signature=[IMAGES])
    save(root, folder, signatures={'serving_default': serve})


def keras3_export(folder):
    import keras

    clear(folder)
    keras_models.small_network(keras).export(folder, verbose=False)
    settle(folder)


def keras3_saved_object(folder):
    import keras

    save(keras_models.small_network(keras), folder)


def saved_model_v1(folder):
    """Written by TF1's Builder: a graph and signatures, no object graph."""
    v1 = tf.compat.v1
    clear(folder)
    with tf.Graph().as_default(), v1.Session() as session:
        images = v1.placeholder(tf.float32, [None, None, None, 3], 'images')
        kernel = v1.get_variable('kernel', initializer=tf.ones([3, 6]), use_resource=True)
        features = tf.matmul(tf.reduce_mean(images, [1, 2]), kernel)
        session.run(v1.global_variables_initializer())
        builder = v1.saved_model.Builder(str(folder))
        signature = v1.saved_model.predict_signature_def({'images': images}, {'default': features})
        builder.add_meta_graph_and_variables(session, ['serve'], {'serving_default': signature})
        builder.save()
    settle(folder)


def tf1_hub_module(folder):
    """As `hub.Module.export` wrote them: no tags, a signature `default`, and tfhub_module.pb beside."""
    saved_model_v1(folder)

    def untagged(proto):
        info = proto.meta_graphs[0]
        del info.meta_info_def.tags[:]
        info.signature_def['default'].CopyFrom(info.signature_def.pop('serving_default'))

    settle(folder, untagged)
    (folder / 'tfhub_module.pb').write_bytes(b'\x08\x03')  # ModuleDef { format: FORMAT_V3 }


def not_a_saved_model(folder):
    clear(folder)
    folder.mkdir(parents=True)
    (folder / 'README.txt').write_text('The weights are on their way.\n')


def git_lfs_pointer(folder):
    clear(folder)
    folder.mkdir(parents=True)
    (folder / 'saved_model.pb').write_text(
        'version https://git-lfs.github.com/spec/v1\n'
        'oid sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n'
        'size 1048576\n'
    )


class BatchOfOneOnly(Tiny):
    images = tf.TensorSpec([1, None, None, 3], tf.float32, name='images')


class BytesAsImages(Tiny):
    images = tf.TensorSpec([None, None, None, 3], tf.uint8, name='images')

    def prepare(self, images, training):
        return tf.image.convert_image_dtype(images, tf.float32)


class ChannelsFirst(Tiny):
    images = tf.TensorSpec([None, 3, None, None], tf.float32, name='images')

    def prepare(self, images, training):
        return tf.transpose(images, [0, 2, 3, 1])


class OneChannel(Tiny):
    channels = 1
    images = tf.TensorSpec([None, None, None, 1], tf.float32, name='images')


class HeightFixed(Tiny):
    images = tf.TensorSpec([None, 32, None, 3], tf.float32, name='images')


class TrainingRequired(Tiny):
    @tf.function
    def __call__(self, images, training):
        return self.rows(images, training)


class DefaultWithoutTrace(Tiny):
    @tf.function
    def __call__(self, images, training=None):
        return self.rows(images, training)


class ScaleWithoutTrace(Tiny):
    @tf.function
    def __call__(self, images, training=False, output_scale=None):
        return self.rows(images, training) * output_scale

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(IMAGES, training=training, output_scale=tf.TensorSpec([], tf.float32))


class DictWithOneEntry(Tiny):
    def finish(self, rows, images, training):
        return {'features': rows}


class ListWithOneEntry(Tiny):
    def finish(self, rows, images, training):
        return [rows]


class Pair(Tiny):
    def finish(self, rows, images, training):
        return rows, tf.nn.softmax(rows)


UNNAMED = {'inference/is-the-default': 'the call without `training` is refused', **EVERY_CALL}
NOT_A_TENSOR = {'training/same-output-contract': 'the result is the same in training'}

TWINS = {
    'batch-of-one-only': Twin(
        'signature/images-argument',
        'The call was traced for a batch of one image only.',
        BatchOfOneOnly,
        also=EVERY_CALL,
        spec=INFERENCE_ONLY,
    ),
    'bytes-as-images': Twin(
        'signature/images-argument', 'The images are uint8.', BytesAsImages, also=EVERY_CALL, spec=INFERENCE_ONLY
    ),
    'channels-first': Twin(
        'signature/images-argument',
        'The images are [batch, 3, height, width].',
        ChannelsFirst,
        also=EVERY_CALL,
        spec=INFERENCE_ONLY,
    ),
    'default-without-trace': Twin(
        'signature/only-images-required',
        '`training` is None by default, and no concrete function was saved for None.',
        DefaultWithoutTrace,
        also=UNNAMED,
    ),
    'dict-with-one-entry': Twin(
        'signature/one-tensor', 'The result is a dict with one tensor.', DictWithOneEntry, also=NOT_A_TENSOR
    ),
    'git-lfs-pointer': Twin(
        'signature/root-call',
        'saved_model.pb is a Git LFS pointer.',
        git_lfs_pointer,
        writes=True,
        also=NO_LISTS,
        spec=INFERENCE_ONLY,
    ),
    'height-fixed': Twin(
        'signature/images-argument',
        'The height is fixed to 32 where the spec gives a range.',
        HeightFixed,
        also=EVERY_CALL,
        spec=INFERENCE_ONLY,
    ),
    'keras3-export': Twin(
        'signature/root-call',
        "Keras 3's `export` writes `serve` and no `__call__`.",
        keras3_export,
        writes=True,
        also=NO_CALL,
        spec=INFERENCE_ONLY,
    ),
    'keras3-saved-object': Twin(
        'signature/root-call',
        'tf.saved_model.save of a Keras 3 model writes signatures and no `__call__`.',
        keras3_saved_object,
        writes=True,
        also=NO_LISTS,
        spec=INFERENCE_ONLY,
    ),
    'list-with-one-entry': Twin(
        'signature/one-tensor', 'The result is a list with one tensor.', ListWithOneEntry, also=NOT_A_TENSOR
    ),
    'not-a-saved-model': Twin(
        'signature/root-call',
        'The folder contains only a text file.',
        not_a_saved_model,
        writes=True,
        also=NO_LISTS,
        spec=INFERENCE_ONLY,
    ),
    'one-channel': Twin(
        'signature/images-argument', 'The images have one channel.', OneChannel, also=EVERY_CALL, spec=INFERENCE_ONLY
    ),
    'only-signatures': Twin(
        'signature/root-call',
        'There is a signature and no `__call__`.',
        only_signatures,
        writes=True,
        also=NO_CALL,
        spec=INFERENCE_ONLY,
    ),
    'pair-of-tensors': Twin('signature/one-tensor', 'The result is a pair.', Pair, also=NOT_A_TENSOR),
    'saved-model-v1': Twin(
        'signature/root-call',
        'TF1 wrote it: a graph without objects.',
        saved_model_v1,
        writes=True,
        also=NO_LISTS,
        spec=INFERENCE_ONLY,
    ),
    'scale-without-trace': Twin(
        'signature/only-images-required',
        '`output_scale` is None by default, but was only traced as a tensor.',
        ScaleWithoutTrace,
        also=UNNAMED
        | {
            'training/flag-accepted': 'neither value is enough without `output_scale`',
            'hyperparameters/default': 'leaving it out is refused',
        },
        spec={
            'hyperparameters': {
                'output_scale': {'type': 'float', 'default': 1.0, 'min': 0.5, 'max': 2.0, 'affects': 'inference'}
            }
        },
    ),
    'tf1-hub-module': Twin(
        'signature/root-call', 'The model is a TF1 Hub module.', tf1_hub_module, writes=True, also=NO_LISTS, spec=INFERENCE_ONLY
    ),
    'training-required': Twin(
        'signature/only-images-required', '`training` has no default.', TrainingRequired, also=UNNAMED
    ),
}
