"""Every conforming model, by name. Each has a spec of the same name in specs/."""

from . import keras_models, oddities, reusable, shapes
from .saving import save


def saved(root):
    """A recipe that saves the object which `root()` makes."""
    return lambda folder: save(root(), folder)


MODELS = {
    'bare-function': saved(oddities.BareFunction),
    'inference-only': saved(oddities.InferenceOnly),
    'keras2-features': keras_models.keras2_features,
    'keras3-reusable': saved(keras_models.keras3_reusable),
    'keyword-only': saved(oddities.KeywordOnly),
    'negative-features': saved(oddities.NegativeFeatures),
    'odd-captures': saved(oddities.OddCaptures),
    'one-class': saved(oddities.OneClass),
    'resizes-inside': saved(oddities.ResizesInside),
    'seeded-dropout': saved(oddities.SeededDropout),
    'shapes-classifier': shapes.shapes_classifier,
    'shared-layers': saved(oddities.SharedLayers),
    'signature-endpoint': oddities.signature_endpoint,
    'sizes-from-75': saved(oddities.SizesFrom75),
    'sparse-features': saved(oddities.SparseFeatures),
    'tensor-training-flag': saved(oddities.TensorTrainingFlag),
    'tiny-classifier': saved(reusable.TinyClassifier),
    'tiny-features': saved(reusable.TinyFeatures),
    'two-classes': saved(oddities.TwoClasses),
    'unit-features': saved(oddities.UnitFeatures),
}

# Too large to keep: written into on-demand/ when asked for.
ON_DEMAND = {'mobilenet-v2': keras_models.mobilenet_v2}
