"""Full-size models with random weights, too large to keep: written into on-demand/ when asked for, each with its spec."""

import keras

from .keras_models import Keras3Reusable, settle_averages
from .saving import save

layers = keras.layers


def application(build, features, effects=('batch-norm',), **options):
    """A recipe for a network of keras.applications, pooled, for images in [0, 1] of 32 to 256 pixels."""

    def write(folder):
        keras.utils.set_random_seed(41)
        images = keras.Input([None, None, 3])
        pixels = layers.Rescaling(2.0, -1.0)(images)
        model = build(input_tensor=pixels, include_top=False, pooling='avg', weights=None, **options)
        write_reusable(folder, model, features, effects, largest=256)

    return write


def write_reusable(folder, model, features, effects, largest=512):
    settle_averages(model)
    root = Keras3Reusable(model)
    root.seeds = [variable.value for variable in model.variables if variable.value.dtype.is_integer]
    save(root, folder)
    folder.with_suffix('.yaml').write_text(
        f'model: {folder.name}\n'
        'api: image-feature-vector\n'
        f'image_size: {{ height: {{ min: 32, max: {largest} }}, width: {{ min: 32, max: {largest} }}, recommended: [224, 224] }}\n'
        f'num_features: {features}\n'
        'fine_tuning:\n'
        f'  trainable_variables: {len(root.trainable_variables)}\n'
        '  training_argument: true\n'
        f'  training_effects: [{", ".join(effects)}]\n'
        f'  regularization_losses: {len(root.regularization_losses)}\n'
    )


def group_norm_resnet(folder):
    """A residual network of 16 blocks with group normalisation in the place of batch normalisation."""
    keras.utils.set_random_seed(42)
    images = keras.Input([None, None, 3])
    maps = layers.Rescaling(2.0, -1.0)(images)
    maps = normed(layers.Conv2D(32, 7, 2, padding='same', use_bias=False)(maps))
    for channels, blocks in ((32, 4), (64, 4), (128, 4), (256, 4)):
        for block in range(blocks):
            maps = residual(maps, channels, stride=2 if block == 0 and channels > 32 else 1)
    model = keras.Model(images, layers.GlobalAveragePooling2D()(maps))
    write_reusable(folder, model, 256, ())


def residual(maps, channels, stride):
    inner = normed(layers.Conv2D(channels, 3, stride, padding='same', use_bias=False)(maps))
    inner = layers.GroupNormalization(8)(layers.Conv2D(channels, 3, padding='same', use_bias=False)(inner))
    if stride > 1:
        maps = layers.GroupNormalization(8)(layers.Conv2D(channels, 1, stride, padding='same', use_bias=False)(maps))
    return layers.ReLU()(maps + inner)


def normed(maps):
    return layers.ReLU()(layers.GroupNormalization(8)(maps))


ON_DEMAND = {
    'densenet-121': application(keras.applications.DenseNet121, 1024),
    'efficientnet-b0': application(keras.applications.EfficientNetB0, 1280, ('batch-norm', 'dropout')),
    'group-norm-resnet': group_norm_resnet,
    'mobilenet-v2': application(keras.applications.MobileNetV2, 1280),
    'mobilenet-v3': application(keras.applications.MobileNetV3Small, 576, include_preprocessing=False),
    'resnet-50': application(keras.applications.ResNet50, 2048),
}
